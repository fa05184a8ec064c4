//go:build !linux && !wasip1

package main

// atOnce says that kinds do not share anything here, and may run together.
const atOnce = true

// The record is made on Linux. Elsewhere there is what needs no system.
var (
	stdinKinds  = anywhere
	stdoutKinds = anywhereOut
)
