package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzip"

	"nghiquyet/search/locale"
)

//go:embed assets templates
var files embed.FS

// assetsPath is the path below which assets are served, under names that contain a
// hash of the content.
const assetsPath = "/tai-nguyen/"

// iconPath is where browsers look for an icon by default.
const iconPath = "/favicon.ico"

// asset is one file, ready to be sent.
type asset struct {
	media          string
	plain, gzipped []byte
}

// assets are the files of the pages, in memory.
type assets struct {
	version string // hash of all
	byName  map[string]asset
	hashed  map[string]string // app.css → app.1f3a….css
}

// loadAssets reads the embedded files and packs them, once.
var loadAssets = sync.OnceValues(func() (*assets, error) {
	a := &assets{byName: map[string]asset{}, hashed: map[string]string{}}
	all := sha256.New()
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		all.Write(data)
		if strings.HasPrefix(name, "templates/") {
			return nil
		}
		return a.add(path.Base(name), data)
	})
	if err != nil {
		return nil, fmt.Errorf("load assets: %w", err)
	}
	a.version = hex.EncodeToString(all.Sum(nil)[:8])
	return a, nil
})

func (a *assets) add(name string, data []byte) error {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	extension := path.Ext(name)
	hashed := strings.TrimSuffix(name, extension) + "." + hex.EncodeToString(sum[:6]) + extension
	a.hashed[name] = hashed
	a.byName[hashed] = asset{media: mime.TypeByExtension(extension), plain: data, gzipped: b.Bytes()}
	return nil
}

// url returns the address of an asset, which changes with its content.
func (a *assets) url(name string) (string, error) {
	hashed, ok := a.hashed[name]
	if !ok {
		return "", fmt.Errorf("no asset %s", name)
	}
	return assetsPath + hashed, nil
}

// serve answers with an asset that browsers may cache for a year.
func (a *assets) serve(c *gin.Context) {
	found, ok := a.byName[strings.TrimPrefix(c.Param("name"), "/")]
	if !ok {
		c.Header("Cache-Control", "no-store")
		c.Status(http.StatusNotFound)
		return
	}
	c.Header("Cache-Control", "public, max-age=31536000, immutable")
	found.write(c)
}

// icon answers requests for the icon at its default address.
func (a *assets) icon(c *gin.Context) {
	c.Header("Cache-Control", "public, max-age=86400")
	a.byName[a.hashed["icon.svg"]].write(c)
}

func (f asset) write(c *gin.Context) {
	c.Header("Content-Type", f.media)
	c.Header("Vary", "Accept-Encoding")
	body := f.plain
	if len(f.gzipped) < len(f.plain) && strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
		c.Header("Content-Encoding", "gzip")
		body = f.gzipped
	}
	_, _ = c.Writer.Write(body) // the client is gone
}

// parse parses the templates of all pages, once for each language.
var parse = sync.OnceValues(func() (map[string]map[string]*template.Template, error) {
	a, err := loadAssets()
	if err != nil {
		return nil, err
	}
	all := map[string]map[string]*template.Template{}
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	for _, lang := range locale.All {
		all[lang] = map[string]*template.Template{}
		for _, name := range names {
			name = strings.TrimSuffix(path.Base(name), ".html")
			if name == "layout" || name == "parts" {
				continue
			}
			t := template.New(name).Funcs(functions(lang, a))
			for _, file := range []string{"layout", "parts", name} {
				source, err := files.ReadFile("templates/" + file + ".html")
				if err == nil {
					source, err = inLanguage(lang, source)
				}
				if err == nil {
					_, err = t.Parse(string(source))
				}
				if err != nil {
					return nil, fmt.Errorf("parse page %s: %w", name, err)
				}
			}
			all[lang][name] = t
		}
	}
	return all, nil
})

var fixedMessage = regexp.MustCompile(`{{t "([^"]+)"}}`)

// inLanguage puts the messages without arguments into a template, because a template
// takes a function's result slowly. All attributes of the templates are quoted.
func inLanguage(lang string, source []byte) (out []byte, err error) {
	out = fixedMessage.ReplaceAllFunc(source, func(call []byte) []byte {
		text, missing := message(lang, string(fixedMessage.FindSubmatch(call)[1]))
		err = errors.Join(err, missing)
		return []byte(template.HTMLEscapeString(text))
	})
	return out, err
}

func functions(lang string, a *assets) template.FuncMap {
	return template.FuncMap{
		"languages": func() []locale.Language { return locale.Languages[:] },
		"upper":     strings.ToUpper,
		"t":         func(key string, args ...any) (string, error) { return message(lang, key, args...) },
		"legend":    func(steps []step, of string) legend { return legend{steps, "legend." + of} },
		"values":    func(values []choice) template.HTML { return valuesOf(lang, values) },
		"num":       func(n int) string { return number(lang, n) },
		"day":       func(created string) string { return date(lang, dayOf(created)) },
		"date":      func(s any) string { return date(lang, fmt.Sprint(s)) },
		"asset":     a.url,
		"long":      longAsked,
		"clip":      func(n int, s any) string { return clip(fmt.Sprint(s), n) },
	}
}
