package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
)

// cells are what was seen, by the column's name.
type cells map[string]string

// A row is one kind of stream, or one error.
type row struct {
	ID string `json:"id"`
	// Code is how one writes it in a host.
	Code string `json:"code"`
	// Note says more, where the code does not say it all.
	Note  string `json:"note,omitempty"`
	Cells cells  `json:"cells"`
}

// A table is what was seen by one engine.
type table struct {
	Stdin  []row `json:"stdin"`
	Stdout []row `json:"stdout"`
	Reads  []row `json:"reads"`
	Writes []row `json:"writes"`
}

// recorded is src/data/stream-matrix.json.
type recorded struct {
	Versions map[string]string `json:"versions"`
	// Native is what wazero's compiler and its interpreter both gave on Linux.
	Native table `json:"native"`
	// Page is what they gave in wasm on the engine of the page.
	Page table `json:"page"`
}

func readRecord(file string) (recorded, error) {
	var r recorded
	content, err := os.ReadFile(file)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(content, &r); err != nil {
		return r, fmt.Errorf("%s: %w", file, err)
	}
	return r, nil
}

// cell is what the row of this id has in a column, or nothing.
func cell(rows []row, id, column string) string {
	for _, r := range rows {
		if r.ID == id {
			return r.Cells[column]
		}
	}
	return ""
}

// differences names each cell that is not as expected.
func differences(name string, expected, found []row) []string {
	var all []string
	ids := func(rows []row) []string {
		var ids []string
		for _, r := range rows {
			ids = append(ids, r.ID)
		}
		return ids
	}
	if want, got := ids(expected), ids(found); !slices.Equal(want, got) {
		return []string{fmt.Sprintf("%s: expected the rows %q, found %q",
			name, want, got)}
	}
	for i, want := range expected {
		got := found[i]
		if want.Code != got.Code || want.Note != got.Note {
			all = append(all, fmt.Sprintf(
				"%s, %s: expected the name %q (%s), found %q (%s)",
				name, want.ID, want.Code, want.Note, got.Code, got.Note))
		}
		columns := map[string]bool{}
		for column := range want.Cells {
			columns[column] = true
		}
		for column := range got.Cells {
			columns[column] = true
		}
		for column := range columns {
			if want.Cells[column] != got.Cells[column] {
				all = append(all, fmt.Sprintf(
					"%s, %s, column %q: expected %q, found %q", name, want.ID,
					column, want.Cells[column], got.Cells[column]))
			}
		}
	}
	slices.Sort(all)
	return all
}

// allDifferences are those of all tables.
func allDifferences(expected, found table) []string {
	return slices.Concat(
		differences("stdin", expected.Stdin, found.Stdin),
		differences("stdout", expected.Stdout, found.Stdout),
		differences("reads", expected.Reads, found.Reads),
		differences("writes", expected.Writes, found.Writes))
}
