// JSON: tags, embedded fields, an interface of one's own, and errors.
package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
)

type state int

func (s state) MarshalText() ([]byte, error) { return []byte([]string{"open", "ended"}[s]), nil }

type meta struct {
	Version int `json:"version"`
}

type run struct {
	meta
	Name   string         `json:"name"`
	State  state          `json:"state"`
	Output []byte         `json:"output,omitempty"`
	Calls  map[string]int `json:"calls"`
	hidden bool
}

func main() {
	r := run{meta{2}, "pipe", 1, []byte("Hi"), map[string]int{"fd_write": 1, "fd_read": 2}, true}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(r); err != nil {
		fmt.Println(err)
	}
	var back struct {
		Name  string
		Calls map[string]any
		Rest  *int
	}
	fmt.Println(json.Unmarshal([]byte(`{"name":"x","calls":{"a":1.5,"b":[true,null]}}`), &back), back.Calls["b"])
	err := json.Unmarshal([]byte(`{"name":3}`), &back)
	var wrong *json.UnmarshalTypeError
	fmt.Println(errors.As(err, &wrong), err)
	decoder := json.NewDecoder(strings.NewReader(`{"a":1} {"a"`))
	for {
		var v map[string]int
		if err := decoder.Decode(&v); err != nil {
			fmt.Println(err)
			break
		}
		fmt.Println(v)
	}
	fmt.Println(base64.StdEncoding.EncodeToString([]byte("EOF")), hex.EncodeToString([]byte{0, 255}))
}
