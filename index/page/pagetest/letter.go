package pagetest

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// Letter is an e-mail with a body and attached files, each a name and its content
// in turn. A name that ends in .eml is attached as a letter.
func Letter(subject, body string, files ...string) string {
	edge := fmt.Sprintf("edge%d", len(subject)+len(body)+len(strings.Join(files, "")))
	var b strings.Builder
	fmt.Fprintf(&b, "Subject: %s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=%s\r\n\r\n", subject, edge)
	fmt.Fprintf(&b, "--%s\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n", edge, body)
	for i := 0; i < len(files); i += 2 {
		kind, coding, data := "application/octet-stream", "base64", base64.StdEncoding.EncodeToString([]byte(files[i+1]))
		if strings.HasSuffix(files[i], ".eml") {
			kind, coding, data = "message/rfc822", "8bit", files[i+1]
		}
		fmt.Fprintf(&b, "--%s\r\nContent-Type: %s\r\nContent-Disposition: attachment; filename=\"%s\"\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n",
			edge, kind, files[i], coding, data)
	}
	return b.String() + "--" + edge + "--\r\n"
}
