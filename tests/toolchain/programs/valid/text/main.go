// Strings, bytes, runes, numbers, regular expressions and sorting.
package main

import (
	"bytes"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

func main() {
	key, value, found := strings.Cut("key=value", "=")
	fmt.Println(strings.Fields("  a b\tc\n"), key, value, found)
	fmt.Println(strings.EqualFold("Straße", "STRASSE"), strings.Map(unicode.ToUpper, "grüezi"))
	for part := range strings.SplitSeq("x,y,z", ",") {
		fmt.Print(part, ";")
	}
	fmt.Println(strings.NewReplacer("<", "&lt;", "&", "&amp;").Replace("a<b&c"))
	fmt.Println(utf8.RuneCountInString("a⌘\xff"), []rune("é⌘"), string([]byte{0xe2, 0x8c, 0x98}))
	_, err := strconv.Atoi("12x")
	fmt.Println(err, strconv.Quote("\a☺"), strconv.FormatFloat(0.1+0.2, 'g', -1, 64))
	u, err := strconv.ParseUint("300", 10, 8)
	fmt.Println(u, err)
	pattern := regexp.MustCompile(`(?P<name>\w+)@(\d+)\.ms`)
	fmt.Printf("%q\n", pattern.FindAllStringSubmatch("read@12.ms write@7.ms", -1))
	fmt.Println(pattern.ReplaceAllString("read@12.ms", "${name}=$2"))
	words := strings.Split("pear fig apple kiwi", " ")
	sort.Slice(words, func(i, j int) bool { return len(words[i]) < len(words[j]) })
	fmt.Println(words, bytes.Compare([]byte("a"), []byte("b")))
}
