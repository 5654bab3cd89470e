package generation

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

const holdFile = "hold.json"

// Hold records that a person went back to the current generation: the generations
// that were newer then do not become current by themselves. The hold ends when any
// other generation becomes current.
type Hold struct {
	// Generation is the generation to which the person went back.
	Generation string `json:"generation"`
	// Newest was the newest generation then: the person went back from it and from
	// all between the two.
	Newest string `json:"newest"`
	// Pinned prevents new generations from becoming current too.
	Pinned bool `json:"pinned,omitempty"`
}

// Hold returns the stored [Hold] of the current generation, nil if there is none.
func (s *Store) Hold() (*Hold, error) {
	b, err := ReadFile(filepath.Join(s.Dir, holdFile), maxCurrentBytes)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var h Hold
	if err == nil {
		err = json.Unmarshal(b, &h)
	}
	if err != nil {
		return nil, fmt.Errorf("read hold: %w", err)
	}
	if current, err := s.Current(); err != nil || current != h.Generation {
		return nil, nil // over, or not yet begun when a rollback was cut short
	}
	return &h, nil
}

// hold writes the hold of a generation before it becomes current.
func (s *Store) hold(h *Hold) error {
	text, err := json.Marshal(h)
	if err == nil {
		err = WriteFile(filepath.Join(s.Dir, holdFile), append(text, '\n'))
	}
	if err != nil {
		return fmt.Errorf("hold generation %s: %w", h.Generation, err)
	}
	return nil
}

// Release ends the hold of the current generation. Without one it does nothing.
func (s *Store) Release() error {
	err := os.Remove(filepath.Join(s.Dir, holdFile))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("release: %w", err)
	}
	return nil
}
