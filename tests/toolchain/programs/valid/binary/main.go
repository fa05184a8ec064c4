// Framed messages: encoding/binary, io.Pipe, and a length before each message.
package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

func send(to io.Writer, message string) error {
	frame := binary.LittleEndian.AppendUint32(nil, uint32(len(message)))
	frame = append(frame, message...)
	frame = binary.AppendUvarint(frame, uint64(crc32.ChecksumIEEE([]byte(message))))
	_, err := to.Write(frame)
	return err
}

func receive(from *bufio.Reader) (string, error) {
	var size uint32
	if err := binary.Read(from, binary.LittleEndian, &size); err != nil {
		return "", err
	}
	message := make([]byte, size)
	if _, err := io.ReadFull(from, message); err != nil {
		return "", err
	}
	sum, err := binary.ReadUvarint(from)
	if err == nil && uint32(sum) != crc32.ChecksumIEEE(message) {
		err = errors.New("damaged")
	}
	return string(message), err
}

func main() {
	r, w := io.Pipe()
	go func() {
		for _, message := range []string{"one", "", "a longer message"} {
			if err := send(w, message); err != nil {
				fmt.Println(err)
			}
		}
		w.CloseWithError(errors.New("writer gone"))
	}()
	from := bufio.NewReader(r)
	for {
		message, err := receive(from)
		fmt.Printf("%q %v\n", message, err)
		if err != nil {
			break
		}
	}
	header := struct {
		Magic [4]byte
		Size  uint16
		Flags int8
	}{[4]byte{0, 'a', 's', 'm'}, 300, -1}
	bytes, err := binary.Append(nil, binary.BigEndian, header)
	fmt.Println(bytes, err, binary.Size(header))
}
