package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const envPrefix = "NGHIQUYET_"

// configFlag names the optional YAML file; it alone is no key of the file.
const configFlag = "config"

// origin is the annotation of a flag that says where its value came from.
const origin = "origin"

// Origins beside the names of variables and of the file.
const (
	fromFlag    = "flag"
	fromDefault = "default"
)

// configure gives every flag of cmd that was not typed its value from the
// environment, else from the YAML file: flags win, then environment, then
// file. An unknown key of the file is an error that names it; keys of other
// commands are known, since one file serves all.
func configure(cmd *cobra.Command) error {
	values, path, err := readConfig(cmd)
	if err != nil {
		return err
	}
	var errs []error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed {
			annotate(f, fromFlag)
			return
		}
		name := envName(f.Name)
		if v, ok := os.LookupEnv(name); ok {
			errs = append(errs, set(f, name, []string{v}))
			return
		}
		if v := values.Get(f.Name); v != nil {
			errs = append(errs, set(f, path, strs(v)))
		}
	})
	return errors.Join(errs...)
}

// envName is the environment variable of a flag: opensearch-url is
// NGHIQUYET_OPENSEARCH_URL.
func envName(flag string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

func readConfig(cmd *cobra.Command) (*koanf.Koanf, string, error) {
	k := koanf.New("\x00") // keys are flat
	path := os.Getenv(envName(configFlag))
	if f := cmd.Flags().Lookup(configFlag); f != nil && f.Changed {
		path = f.Value.String()
	}
	if path == "" {
		return k, "", nil
	}
	if err := k.Load(file.Provider(path), yaml.Parser()); err != nil {
		return nil, path, usagef("không đọc được tệp cấu hình %s: %w", path, err)
	}
	known := flagNames(cmd.Root())
	for _, key := range k.Keys() {
		if name, _, nested := strings.Cut(key, "\x00"); nested || !slices.Contains(known, name) {
			return nil, path, usagef("tệp cấu hình %s: không có khóa %q (unknown key)", path, strings.ReplaceAll(key, "\x00", "."))
		}
	}
	return k, path, nil
}

// flagNames lists the flags of all commands, each once, but those that only
// make sense when typed.
func flagNames(cmd *cobra.Command) []string {
	var names []string
	collect := func(f *pflag.Flag) {
		if f.Name != configFlag && f.Name != "help" {
			names = append(names, f.Name)
		}
	}
	cmd.Flags().VisitAll(collect)
	cmd.PersistentFlags().VisitAll(collect)
	for _, sub := range cmd.Commands() {
		names = append(names, flagNames(sub)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// strs is a YAML value as the words a flag takes.
func strs(v any) []string {
	if list, ok := v.([]any); ok {
		words := make([]string, len(list))
		for i, item := range list {
			words[i] = fmt.Sprint(item)
		}
		return words
	}
	return []string{fmt.Sprint(v)}
}

func set(f *pflag.Flag, from string, words []string) error {
	for _, w := range words {
		if err := f.Value.Set(w); err != nil {
			return usagef("%s: giá trị không hợp lệ cho %s: %w", from, f.Name, err)
		}
	}
	annotate(f, from)
	return nil
}

func annotate(f *pflag.Flag, from string) {
	if f.Annotations == nil {
		f.Annotations = make(map[string][]string)
	}
	f.Annotations[origin] = []string{from}
}

// originOf says where a flag's value came from.
func originOf(f *pflag.Flag) string {
	if from := f.Annotations[origin]; len(from) > 0 {
		return from[0]
	}
	return fromDefault
}
