package api

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"nghiquyet/index/generation"
)

// MinTokenBytes is the length of the shortest accepted token.
const MinTokenBytes = 24

// maxTokenBytes bounds a token file.
const maxTokenBytes = 4 << 10

// Token is a secret, given directly or as a file that contains it; surrounding
// space does not count. A file is read again when it changes, so that a token can
// be replaced without a restart. The zero value is no token.
type Token struct {
	Value, File string
}

// String keeps the secret out of logs.
func (t Token) String() string {
	switch {
	case t.File != "":
		return "file " + t.File
	case t.Value != "":
		return "set"
	}
	return "none"
}

// errNoToken says that no token is configured.
var errNoToken = errors.New("no token configured")

// secret has the digest of a Token. It is safe for concurrent use.
type secret struct {
	token Token
	log   *slog.Logger

	mu      sync.Mutex
	digest  [sha256.Size]byte
	changed time.Time // modification time of the file when it was read
	size    int64
	err     error // why no token matches
}

func newSecret(t Token, log *slog.Logger) *secret {
	s := &secret{token: t, log: log, size: -1}
	if t.File == "" {
		s.set(t.Value)
	}
	return s
}

// set makes value the secret, or records why it cannot be one.
func (s *secret) set(value string) {
	switch value = strings.TrimSpace(value); {
	case value == "":
		s.err = errNoToken
	case len(value) < MinTokenBytes:
		s.err = fmt.Errorf("token of %d bytes, at least %d", len(value), MinTokenBytes)
	default:
		s.digest, s.err = sha256.Sum256([]byte(value)), nil
	}
}

// current returns the digest, after reading the file again if it changed. It logs
// when the file becomes unusable, because people who are locked out cannot see why.
func (s *secret) current() ([sha256.Size]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.token.File != "" {
		before := s.err
		s.read()
		if s.err != nil && (before == nil || before.Error() != s.err.Error()) {
			s.log.Error("token cannot be used: nobody is let in by it", "file", s.token.File, "error", s.err)
		}
	}
	return s.digest, s.err
}

// read reads the file if it changed.
func (s *secret) read() {
	info, err := os.Stat(s.token.File)
	if err == nil && info.Size() == s.size && info.ModTime().Equal(s.changed) {
		return
	}
	var value []byte
	if err == nil {
		value, err = generation.ReadFile(s.token.File, maxTokenBytes)
	}
	if err != nil {
		s.size, s.err = -1, fmt.Errorf("read token: %w", err)
		return
	}
	s.size, s.changed = info.Size(), info.ModTime()
	s.set(string(value))
}

// usable returns why no token can match, or nil.
func (s *secret) usable() error {
	_, err := s.current()
	return err
}

// matches compares in constant time. Without a usable token nothing matches.
func (s *secret) matches(given string) bool {
	want, err := s.current()
	got := sha256.Sum256([]byte(given))
	return err == nil && subtle.ConstantTimeCompare(want[:], got[:]) == 1
}
