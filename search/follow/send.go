package follow

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net"
	"net/http"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// How e-mail is encrypted on its way to the server.
const (
	tlsStart = "starttls"
	tlsFirst = "tls"
	tlsNone  = "none"
)

const (
	sendTimeout = 15 * time.Second // of one try
	maxReply    = 64 << 10         // bytes read of the answer of a webhook
	maxHops     = 3
	inLetter    = 50 // documents that a letter lists
)

// Signature returns the value of X-Nghiquyet-Signature: "sha256=" and, in
// hexadecimal, the HMAC-SHA256 of the time in X-Nghiquyet-Timestamp (seconds since
// 1970), a dot and the body.
func Signature(secret string, at int64, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.", at)
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// post sends a delivery to a webhook. A status 2xx means that it arrived. It
// follows redirects only to the same host, and only if they keep the method.
func (d *Deliverer) post(ctx context.Context, to string, n *Delivery) error {
	body, err := json.Marshal(n)
	if err != nil {
		return permanent{err}
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return permanent{err}
	}
	now := time.Now().Unix()
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "nghiquyet/"+d.Version)
	req.Header.Set("X-Nghiquyet-Delivery", n.ID)
	req.Header.Set("X-Nghiquyet-Timestamp", strconv.FormatInt(now, 10))
	req.Header.Set("X-Nghiquyet-Signature", Signature(d.File.secret, now, body))
	client := &http.Client{CheckRedirect: sameHost}
	res, err := client.Do(req)
	if err != nil {
		if where, ok := errors.AsType[*url.Error](err); ok { // its address may contain a secret
			err = where.Err
		}
		return err
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, maxReply)) // only the status matters
	switch code := res.StatusCode; {
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusRequestTimeout, code == http.StatusTooManyRequests, code >= 500:
		return fmt.Errorf("answer %s", res.Status)
	default:
		return permanent{fmt.Errorf("answer %s", res.Status)}
	}
}

// sameHost allows redirects to the same host that keep the method.
func sameHost(req *http.Request, via []*http.Request) error {
	first := via[0].URL
	if req.Method != http.MethodPost || req.URL.Host != first.Host || req.URL.Scheme != first.Scheme || len(via) > maxHops {
		return http.ErrUseLastResponse
	}
	return nil
}

// letter is the text of an e-mail.
var letter = template.Must(template.New("").Parse(`<!doctype html><html lang="vi"><meta charset="utf-8"><p>Có {{.Total}} mục mới của câu tìm đã lưu “{{.Search}}” / new documents:</p>
<ol>{{range .Documents}}<li><a href="{{.Permalink}}">{{.Title}}</a>{{if .Date}} ({{.Date}}{{if .DateDoubt}}, ngày đáng ngờ{{end}}){{end}}<br><small>{{.Citation}}</small></li>{{end}}</ol>
<p><a href="{{.Page}}">Xem tất cả / see all</a></p></html>`))

// mail sends a delivery to an address of e-mail.
func (d *Deliverer) mail(ctx context.Context, to string, n *Delivery) error {
	m, err := d.letterOf(to, n)
	if err != nil {
		return permanent{err}
	}
	client, err := d.File.client()
	if err != nil {
		return permanent{err}
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	return client.DialAndSendWithContext(ctx, m)
}

// letterOf makes the letter: text and HTML of the same.
func (d *Deliverer) letterOf(to string, n *Delivery) (*mail.Msg, error) {
	short := *n
	short.Documents = n.Documents[:min(len(n.Documents), inLetter)]
	var html bytes.Buffer
	if err := letter.Execute(&html, short); err != nil {
		return nil, err
	}
	var text strings.Builder
	fmt.Fprintf(&text, "Có %d mục mới của câu tìm đã lưu “%s” / new documents:\n\n", n.Total, n.Search)
	for i, doc := range short.Documents {
		fmt.Fprintf(&text, "%d. %s\n   %s\n   %s\n\n", i+1, strings.Join(strings.Fields(doc.Title), " "), doc.Citation, doc.Permalink)
	}
	fmt.Fprintf(&text, "Xem tất cả / see all: %s\n", n.Page)
	m := mail.NewMsg()
	if err := m.From(d.File.SMTP.From); err != nil {
		return nil, err
	}
	if err := m.To(to); err != nil {
		return nil, err
	}
	m.Subject(fmt.Sprintf("%s: %d mục mới", n.Search, n.Total))
	m.SetMessageIDWithValue(n.ID + d.File.domain())
	m.SetDate()
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetBodyString(mail.TypeTextPlain, text.String())
	m.AddAlternativeString(mail.TypeTextHTML, html.String())
	return m, nil
}

// domain returns the sender's domain, with its @.
func (f *File) domain() string {
	from, err := netmail.ParseAddress(f.SMTP.From)
	if err != nil {
		return ""
	}
	return from.Address[strings.LastIndexByte(from.Address, '@'):]
}

// client is a client of the operator's server.
func (f *File) client() (*mail.Client, error) {
	host, port, err := net.SplitHostPort(f.SMTP.Server)
	if err != nil {
		return nil, err
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return nil, err
	}
	encryption := map[string]mail.Option{
		tlsFirst: mail.WithSSL(), tlsStart: mail.WithTLSPolicy(mail.TLSMandatory), tlsNone: mail.WithTLSPolicy(mail.NoTLS),
	}
	options := []mail.Option{mail.WithPort(number), mail.WithTimeout(sendTimeout), encryption[f.SMTP.TLS]}
	if f.SMTP.Username != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(f.SMTP.Username), mail.WithPassword(f.password))
	}
	return mail.NewClient(host, options...)
}
