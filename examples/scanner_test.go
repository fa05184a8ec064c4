//go:build unix

package examples_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// A bufio.Scanner ends at EOF, at an error, and at a line that is too long. Who
// does not ask Err() takes all three for EOF. Programs here are copied, so each
// of them asks.
func TestEveryScannerIsAskedForItsError(t *testing.T) {
	err := filepath.WalkDir(".", func(
		path string, entry fs.DirEntry, err error,
	) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".build":
			return fs.SkipDir
		case entry.IsDir() || filepath.Ext(path) != ".go":
			return nil
		}
		for _, fault := range scannersNotAsked(t, path, nil) {
			t.Error(fault)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAScannerThatIsNotAskedIsFound(t *testing.T) {
	for body, want := range map[string]int{
		"s := bufio.NewScanner(r); for s.Scan() {}; return s.Err()":     0,
		"s := bufio.NewScanner(r); for s.Scan() {}":                     1,
		"for s := bufio.NewScanner(r); s.Scan(); {}":                    1,
		"bufio.NewScanner(r).Scan()":                                    1,
		"var s = bufio.NewScanner(r); s.Scan(); _ = s.Err()":            0,
		"s := bufio.NewScanner(r); s = bufio.NewScanner(r); s.Err()":    1,
		"s := bufio.NewScanner(r); u := bufio.NewScanner(r); s.Err()":   1,
		"s := bufio.NewScanner(r); s.Err(); s = bufio.NewScanner(r)":    1,
		"s, n := bufio.NewScanner(r), 1; for s.Scan() { n++ }; s.Err()": 0,
	} {
		source := "package p\nfunc f() error {\n" + body + "\n}\n"
		found := scannersNotAsked(t, "f.go", []byte(source))
		if len(found) != want {
			t.Errorf("%s: expected %d, found %q", body, want, found)
		}
	}
}

// scannersNotAsked finds each bufio.NewScanner whose variable is not asked for
// its error, before it gets another Scanner or its function ends.
func scannersNotAsked(t *testing.T, path string, source any) []string {
	t.Helper()
	if source == nil {
		text := content(t, path)
		if !strings.Contains(string(text), "bufio.NewScanner(") {
			return nil
		}
		source = text
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	var faults []string
	for _, declared := range file.Decls {
		// In the order of the source.
		calls := 0
		var last token.Pos
		waiting := map[string]token.Pos{} // by variable, not yet asked
		fault := func(at token.Pos) {
			faults = append(faults, fmt.Sprintf("%s: expected Err() after the "+
				"loop of this bufio.Scanner, found none", files.Position(at)))
		}
		given := func(name ast.Expr, value ast.Expr) {
			if variable, ok := name.(*ast.Ident); ok && isNewScanner(value) {
				if at, ok := waiting[variable.Name]; ok {
					fault(at)
				}
				waiting[variable.Name] = value.Pos()
				calls--
			}
		}
		ast.Inspect(declared, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.AssignStmt:
				for i, name := range node.Lhs {
					if len(node.Lhs) == len(node.Rhs) {
						given(name, node.Rhs[i])
					}
				}
			case *ast.ValueSpec:
				for i, value := range node.Values {
					given(node.Names[i], value)
				}
			case *ast.CallExpr:
				if isNewScanner(node) {
					calls++
					last = node.Pos()
				}
			case *ast.SelectorExpr:
				variable, ok := node.X.(*ast.Ident)
				if ok && node.Sel.Name == "Err" {
					delete(waiting, variable.Name)
				}
			}
			return true
		})
		if calls > 0 {
			fault(last) // it has no variable that could be asked
		}
		for _, at := range waiting {
			fault(at)
		}
	}
	return faults
}

func isNewScanner(value ast.Expr) bool {
	call, ok := value.(*ast.CallExpr)
	if !ok {
		return false
	}
	function, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || function.Sel.Name != "NewScanner" {
		return false
	}
	from, ok := function.X.(*ast.Ident)
	return ok && from.Name == "bufio"
}
