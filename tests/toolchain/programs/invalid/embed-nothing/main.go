package main

import _ "embed"

//go:embed plugin.wasm
var plugin []byte

func main() { _ = plugin }
