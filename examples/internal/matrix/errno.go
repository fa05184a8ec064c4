package main

import (
	"fmt"
	"strings"
)

// cspell:disable

// errnoNames are those of WASI preview1, from 0.
var errnoNames = strings.Fields(`
	SUCCESS 2BIG ACCES ADDRINUSE ADDRNOTAVAIL AFNOSUPPORT AGAIN ALREADY BADF
	BADMSG BUSY CANCELED CHILD CONNABORTED CONNREFUSED CONNRESET DEADLK
	DESTADDRREQ DOM DQUOT EXIST FAULT FBIG HOSTUNREACH IDRM ILSEQ INPROGRESS
	INTR INVAL IO ISCONN ISDIR LOOP MFILE MLINK MSGSIZE MULTIHOP NAMETOOLONG
	NETDOWN NETRESET NETUNREACH NFILE NOBUFS NODEV NOENT NOEXEC NOLCK NOLINK
	NOMEM NOMSG NOPROTOOPT NOSPC NOSYS NOTCONN NOTDIR NOTEMPTY NOTRECOVERABLE
	NOTSOCK NOTSUP NOTTY NXIO OVERFLOW OWNERDEAD PERM PIPE PROTO
	PROTONOSUPPORT PROTOTYPE RANGE ROFS SPIPE SRCH STALE TIMEDOUT TXTBSY XDEV
	NOTCAPABLE`)

// cspell:enable

// fileTypes are those of WASI preview1, from 0.
var fileTypes = []string{"unknown", "block device", "character device",
	"directory", "regular file", "datagram socket", "stream socket",
	"symbolic link"}

func errnoText(number int64) string {
	if number < 0 || number >= int64(len(errnoNames)) {
		return fmt.Sprintf("error %d", number)
	}
	return fmt.Sprintf("error %d, E%s", number, errnoNames[number])
}

// The texts below are of the probe's results; an errno is negative there.

func readText(result int64) string {
	switch {
	case result < 0:
		return errnoText(-result)
	case result == 0:
		return "EOF"
	case result == 1:
		return "1 byte"
	}
	return fmt.Sprintf("%d bytes", result)
}

func writeText(result int64) string {
	if result == 0 {
		return "0 bytes"
	}
	return readText(result)
}

func statText(result int64) string {
	if result < 0 {
		return errnoText(-result)
	}
	text := fileTypes[result%256]
	switch flags := result / 256; flags {
	case 0:
	case 1:
		text += ", append"
	case 4:
		text += ", nonblock"
	case 5:
		text += ", append, nonblock"
	default:
		text += fmt.Sprintf(", flags %d", flags)
	}
	return text
}

func pollText(result int64) string {
	switch {
	case result < 0:
		return errnoText(-result)
	case result&1 != 0:
		return "ready"
	}
	return "not ready"
}

func doneText(result int64) string {
	if result < 0 {
		return errnoText(-result)
	}
	return "yes"
}
