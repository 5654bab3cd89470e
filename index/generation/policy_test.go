package generation

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestRollbackToUnreadable: a rollback never chooses a generation that cannot be
// opened. The error names the newest one that can be; without a name that one is
// chosen.
func TestRollbackToUnreadable(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	first, second, third, fourth := build(t, s, three), build(t, s, three), build(t, s, three), build(t, s, three)
	accept := func(r *Reader) error {
		if r.ID == third.ID || r.ID == first.ID {
			return ErrOutdated
		}
		return nil
	}
	var unreadable *UnreadableError
	if _, err := Rollback(s, third.ID, false, accept); !errors.As(err, &unreadable) || unreadable.Generation != third.ID || unreadable.Instead != second.ID ||
		!errors.Is(err, ErrOutdated) || current(t, s) != fourth.ID {
		t.Errorf("rollback to one that cannot be opened: %v", err)
	}
	if id, err := Rollback(s, "", false, accept); err != nil || id != second.ID || current(t, s) != second.ID {
		t.Errorf("rollback: %s, %v, want %s", id, err, second.ID)
	}
	if _, err := Rollback(s, "", false, accept); !errors.Is(err, ErrNoEarlier) || !errors.As(err, &unreadable) || current(t, s) != second.ID {
		t.Errorf("rollback without a readable one: %v", err)
	}
}

func TestRollback(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	first := build(t, s, three)
	if _, err := Rollback(s, "", false, nil); !errors.Is(err, ErrNoEarlier) {
		t.Fatalf("Rollback of one: %v", err)
	}
	second, third := build(t, s, three), build(t, s, three)
	fill(t, s.path(second.ID), map[string]string{"index/a": "ona"})
	if id, err := Rollback(s, "", false, nil); err != nil || id != first.ID || current(t, s) != first.ID {
		t.Fatalf("Rollback over a damaged one = %s, %v", id, err)
	}
	if _, err := Rollback(s, second.ID, false, nil); err == nil || current(t, s) != first.ID {
		t.Errorf("Rollback to a damaged one: %v", err)
	}
	if id, err := Rollback(s, third.ID, false, nil); err != nil || id != third.ID || current(t, s) != third.ID {
		t.Errorf("Rollback to a named one = %s, %v", id, err)
	}
	if fourth := build(t, s, three); fourth.ID <= third.ID {
		t.Errorf("after a rollback %s follows %s", fourth.ID, third.ID)
	}
}

func TestPrune(t *testing.T) {
	for _, c := range []struct {
		name      string
		n, keep   int
		damage    []int // of the n, from 0
		reading   []int
		rollbacks int
		want      string // what stays, oldest first
	}{
		{"nothing to do", 2, 1, nil, nil, 0, "0 1"},
		{"oldest go", 5, 3, nil, nil, 0, "2 3 4"},
		{"at least the one before", 5, 1, nil, nil, 0, "3 4"},
		{"zero is one", 3, 0, nil, nil, 0, "1 2"},
		{"damaged ones do not count", 5, 2, []int{3}, nil, 0, "2 4"},
		{"damaged current stays, and the last good ones", 5, 2, []int{3, 4}, nil, 0, "1 2 4"},
		{"damaged ones go", 4, 2, []int{0, 1, 2}, nil, 0, "3"},
		{"none is sound", 4, 2, []int{0, 1, 2, 3}, nil, 0, "0 1 2 3"},
		{"read ones stay", 5, 2, nil, []int{0}, 0, "0 3 4"},
		{"after a rollback", 5, 2, nil, nil, 2, "1 2 3 4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &Store{Dir: t.TempDir()}
			var ids []string
			for range c.n {
				ids = append(ids, build(t, s, three).ID)
			}
			for _, i := range c.damage {
				fill(t, s.path(ids[i]), map[string]string{"index/a": "ona"})
			}
			for range c.rollbacks {
				if _, err := Rollback(s, "", false, nil); err != nil {
					t.Fatal(err)
				}
			}
			for _, i := range c.reading {
				r, err := s.Open(ids[i])
				if err != nil {
					t.Fatal(err)
				}
				defer r.Close()
			}
			l, err := s.Lock()
			if err != nil {
				t.Fatal(err)
			}
			defer l.Unlock()
			removed, err := l.Prune(c.keep)
			if err != nil {
				t.Fatal(err)
			}
			left, _ := s.IDs()
			var got []string
			for _, id := range left {
				got = append(got, fmt.Sprint(slices.Index(ids, id)))
			}
			slices.Reverse(got)
			if strings.Join(got, " ") != c.want || len(removed) != c.n-len(left) {
				t.Errorf("left %v, removed %d, want %s", got, len(removed), c.want)
			}
		})
	}
}
