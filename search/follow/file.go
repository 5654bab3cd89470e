// Package follow notifies receivers of new documents. An operator lists saved
// searches in a file ([Read]). After each reindex a [Deliverer] searches the new
// generation for documents that entered the index since the last delivery that
// arrived, and sends them to each webhook and e-mail address.
//
// A delivery is written to the data folder before it is sent, with its number and its
// content, and marked there when it has arrived. If the program stopped while
// sending, the delivery is sent again under the same number, so that the receiver can
// recognize it; a failed one is sent the next time. Documents that were in the index
// before a search was added are not sent.
//
// The package is no part of the service: it reads an engine, and connects only to the
// addresses in the file.
package follow

import (
	"errors"
	"net"
	"net/mail"
	"net/url"
	"strings"

	"github.com/goccy/go-yaml"

	"nghiquyet/index/generation"
	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// Bounds of a file of saved searches.
const (
	maxFileBytes  = 1 << 20
	maxSearches   = 200
	maxAddresses  = 50  // of one search
	maxNameBytes  = 200 // of a search
	minSecret     = 24  // bytes
	maxSecretFile = 4 << 10
)

// File is a file of saved searches, YAML or JSON.
type File struct {
	// SecretFile contains the secret that signs requests to webhooks. Required if
	// there is a webhook.
	SecretFile string `yaml:"webhook-secret-file"`
	// SMTP is the server for e-mail. Required if there is an e-mail address.
	SMTP *SMTP `yaml:"smtp"`
	// Searches are the saved searches. Their names are unique.
	Searches []Search `yaml:"searches"`

	secret, password string
}

// SMTP is the operator's server for e-mail.
type SMTP struct {
	Server string `yaml:"server"` // host:port
	// TLS is starttls, which is the default and refuses a server without it, tls from
	// the first byte on, or none.
	TLS          string `yaml:"tls"`
	From         string `yaml:"from"`
	Username     string `yaml:"username"`
	PasswordFile string `yaml:"password-file"`
}

// Search is one saved search with its receivers.
type Search struct {
	Name string `yaml:"name"`
	// Query is the part of the search page's address after the question mark.
	Query   string   `yaml:"query"`
	Webhook string   `yaml:"webhook"`
	Email   []string `yaml:"email"`

	query search.Query
}

// Read reads a file of saved searches and checks it completely, with the secrets
// that it names.
func Read(path string) (*File, error) {
	text, err := readText(path, maxFileBytes)
	if err != nil {
		return nil, err
	}
	var f File
	if err := yaml.UnmarshalWithOptions([]byte(text), &f, yaml.Strict()); err != nil {
		return nil, inside(path, err)
	}
	if err := f.check(); err != nil {
		return nil, inside(path, err)
	}
	return &f, nil
}

func (f *File) check() error {
	if len(f.Searches) == 0 || len(f.Searches) > maxSearches {
		return wrong("searches", locale.Text{"có %d câu tìm, cần từ 1 đến %d", "%d of them, want 1 to %d"}, len(f.Searches), maxSearches)
	}
	hooks, letters := false, false
	names := map[string]bool{}
	for i := range f.Searches {
		s := &f.Searches[i]
		if err := s.check(); err != nil {
			return inside(searchName(i, s), err)
		}
		if names[s.Name] {
			return wrong(searchName(i, s), locale.Text{"tên này đã có", "the name is there twice"})
		}
		names[s.Name] = true
		hooks, letters = hooks || s.Webhook != "", letters || len(s.Email) > 0
	}
	if hooks {
		var err error
		if f.secret, err = readText(f.SecretFile, maxSecretFile); err != nil {
			return inside("webhook-secret-file", err)
		}
		if f.secret = strings.TrimSpace(f.secret); len(f.secret) < minSecret {
			return wrong("webhook-secret-file", locale.Text{"mã bí mật có %d byte, cần %d", "a secret of %d bytes, want %d"}, len(f.secret), minSecret)
		}
	}
	if !letters {
		return nil
	}
	if f.SMTP == nil {
		return wrong("smtp", locale.Text{"thiếu, mà có câu tìm gửi thư điện tử", "missing, and a search has an address of e-mail"})
	}
	return f.checkSMTP()
}

func (f *File) checkSMTP() error {
	s := f.SMTP
	if _, _, err := net.SplitHostPort(s.Server); err != nil {
		return wrong("smtp: server", locale.Text{"%q: cần máy:cổng", "%q: want host:port"}, s.Server)
	}
	switch s.TLS {
	case "":
		s.TLS = tlsStart
	case tlsStart, tlsFirst, tlsNone:
	default:
		return wrong("smtp: tls", locale.Text{"%q: cần starttls, tls hoặc none", "%q: want starttls, tls or none"}, s.TLS)
	}
	if _, err := mail.ParseAddress(s.From); err != nil {
		return wrong("smtp: from", badAddress, s.From)
	}
	if s.Username == "" {
		return nil
	}
	if s.TLS == tlsNone {
		return wrong("smtp", locale.Text{"mật khẩu chỉ được gửi qua TLS", "a password goes over TLS only"})
	}
	var err error
	if f.password, err = readText(s.PasswordFile, maxSecretFile); err != nil {
		return inside("smtp: password-file", err)
	}
	f.password = strings.TrimRight(f.password, "\r\n")
	return nil
}

func (s *Search) check() error {
	if s.Name == "" || len(s.Name) > maxNameBytes || strings.ContainsFunc(s.Name, func(r rune) bool { return r < ' ' }) {
		return wrong("name", locale.Text{"cần một dòng từ 1 đến %d byte", "want one line of 1 to %d bytes"}, maxNameBytes)
	}
	values, err := url.ParseQuery(strings.TrimPrefix(s.Query, "?"))
	if err != nil {
		return inside("query", err)
	}
	q, faults := search.FromValues(values)
	if len(faults) > 0 {
		return inside("query", &faults[0])
	}
	q.Sort, q.Added, q.Cursor, q.Page, q.Copies, q.Counted = search.SortAdded, "", "", 1, false, true
	q.Size, q.Facets, q.Explain = search.MaxSize, []string{}, false
	s.query = q
	if s.Webhook == "" && len(s.Email) == 0 {
		return wrong("", locale.Text{"không có webhook, cũng không có email", "neither webhook nor email"})
	}
	if u, err := url.Parse(s.Webhook); s.Webhook != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		return wrong("webhook", locale.Text{"%q: cần địa chỉ http hoặc https", "%q: want an address of http or https"}, s.Webhook)
	}
	if len(s.Email) > maxAddresses {
		return wrong("email", locale.Text{"%d địa chỉ, nhiều nhất %d", "%d addresses, at most %d"}, len(s.Email), maxAddresses)
	}
	for _, address := range s.Email {
		if _, err := mail.ParseAddress(address); err != nil {
			return wrong("email", badAddress, address)
		}
	}
	return nil
}

// readText reads a file of at most limit bytes.
func readText(path string, limit int64) (string, error) {
	text, err := generation.ReadFile(path, limit)
	if errors.Is(err, generation.ErrTooLong) {
		err = wrong(path, locale.Text{"dài hơn %d byte", "longer than %d bytes"}, limit)
	}
	return string(text), err
}
