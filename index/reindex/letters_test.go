package reindex

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/learned"
	"nghiquyet/index/page/pagetest"
)

// suffix matches the end that makes an ID unique; it depends on the folder of the
// test.
var suffix = regexp.MustCompile(`-[0-9a-f]{8}\b`)

// lettered runs and returns the words of each document, and the result of the run.
func (b *bench) lettered(name, want string) {
	b.Helper()
	r, err := Run(b.Context(), b.Config)
	if err != nil {
		b.Fatal(err)
	}
	var notes []string
	for _, list := range [][]Note{r.Rejects, r.Skips} {
		for _, n := range list {
			notes = append(notes, n.Part+" "+n.Code)
		}
	}
	if got := fmt.Sprintf("%s +%d ~%d -%d k%d %v", suffix.ReplaceAllString(b.served(), "-*"), r.Added, r.Changed, r.Removed, r.Kept, notes); got != want {
		b.Errorf("%s: %s, want %s", name, got, want)
	}
}

// TestLetters: a letter and its files are documents with lasting IDs, through nights
// in which a file is no longer attached, comes back, cannot be read, or the letter is
// renamed.
func TestLetters(t *testing.T) {
	const broken = "%PDF-1.4 "
	b := crawls(t, map[string]string{"mời.eml": pagetest.Letter("Mời", "Mời họp.", "báo cáo.txt", "Ao nuôi cá.", "báo cáo.md", "Kênh đào.", "a.zip", "PK")})
	b.lettered("first night", "mời Mời họp.|mời-báo-cáo Ao nuôi cá.|mời-báo-cáo-* Kênh đào. +3 ~0 -0 k0 [a.zip unsupported]")
	b.lettered("nothing new", "mời Mời họp.|mời-báo-cáo Ao nuôi cá.|mời-báo-cáo-* Kênh đào. +0 ~0 -0 k0 [a.zip unsupported]")
	b.write(map[string]string{"mời.eml": pagetest.Letter("Mời", "Mời họp.", "báo cáo.md", "Kênh đào.")})
	b.lettered("one is gone", "mời Mời họp.|mời-báo-cáo-* Kênh đào. +0 ~1 -1 k0 []")
	b.write(map[string]string{"mời.eml": pagetest.Letter("Mời", "Mời họp.", "báo cáo.md", broken, "báo cáo.txt", "Ao nuôi cá.")})
	b.lettered("back, and the other is broken", "mời-báo-cáo-* Kênh đào.|mời Mời họp.|mời-báo-cáo Ao nuôi cá. +1 ~1 -0 k1 [báo cáo.md damaged]")
	if err := os.Rename(b.path("mời.eml"), b.path("họp.eml")); err != nil {
		t.Fatal(err)
	}
	b.lettered("renamed", "mời Mời họp.|mời-báo-cáo Ao nuôi cá. +0 ~0 -1 k0 [báo cáo.md damaged]")
	b.write(map[string]string{"họp.eml": "no letter"})
	b.lettered("unreadable", "mời Mời họp.|mời-báo-cáo Ao nuôi cá. +0 ~0 -0 k2 [ damaged]")
}

// TestLetterOriginals: a file of a letter is found again below the letter's path.
func TestLetterOriginals(t *testing.T) {
	b := crawls(t, map[string]string{"2021/mời.eml": pagetest.Letter("Mời", "Mời họp.", "báo cáo.txt", "Ao nuôi cá.")})
	var paths []string
	b.Create = func(dir string, _ *learned.Model) (Builder, error) {
		return &original{lister{dir: dir}, &paths}, nil
	}
	if _, err := Run(t.Context(), b.Config); err != nil {
		t.Fatal(err)
	}
	const want = "2021/mời.eml message/rfc822|2021/mời.eml/báo cáo.txt text/plain"
	if got := strings.Join(paths, "|"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// original is a builder that records originals.
type original struct {
	lister
	paths *[]string
}

func (o *original) Put(ctx context.Context, a *index.Article) error {
	*o.paths = append(*o.paths, a.Original.Path+" "+a.Original.Type)
	return o.lister.Put(ctx, a)
}
