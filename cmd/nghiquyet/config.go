package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const envPrefix = "NGHIQUYET_"

// configFlag names the optional YAML file; it alone is no key of the file.
const configFlag = "config"

// origin is the annotation of a flag with the origin of its value.
const origin = "origin"

// Origins other than the names of variables and of the file.
const (
	fromFlag    = "flag"
	fromDefault = "default"
)

// configure sets every flag of cmd that was not typed from the environment, else
// from the YAML file. An unknown key in the file is an error; keys of other
// commands are allowed, because one file serves all commands.
func configure(cmd *cobra.Command) error {
	values, path, err := readConfig(cmd)
	if err != nil {
		return err
	}
	var errs []error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		name := envName(f.Name)
		v, ok := os.LookupEnv(name)
		switch {
		case f.Changed:
			annotate(f, fromFlag)
		case ok:
			errs = append(errs, set(f, name, []string{v}))
		case values[f.Name] != nil:
			errs = append(errs, set(f, path, strs(values[f.Name])))
		}
	})
	return errors.Join(errs...)
}

// envName is the environment variable of a flag: opensearch-url is
// NGHIQUYET_OPENSEARCH_URL.
func envName(flag string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// readConfig reads the YAML file, if one is configured: its values by the names of
// flags, and its path.
func readConfig(cmd *cobra.Command) (values map[string]any, path string, err error) {
	path = os.Getenv(envName(configFlag))
	if f := cmd.Flags().Lookup(configFlag); f != nil && f.Changed {
		path = f.Value.String()
	}
	if path == "" {
		return nil, "", nil
	}
	text, err := os.ReadFile(path)
	if err == nil {
		err = yaml.Unmarshal(text, &values)
	}
	if err != nil {
		return nil, path, usagef("không đọc được tệp cấu hình %s: %w", path, err)
	}
	known := flagNames(cmd.Root())
	for _, key := range slices.Sorted(maps.Keys(values)) {
		nested, isMap := values[key].(map[string]any) // the keys of the file are flat
		if !isMap && slices.Contains(known, key) {
			continue
		}
		if len(nested) > 0 {
			key += "." + slices.Min(slices.Collect(maps.Keys(nested)))
		}
		return nil, path, usagef("tệp cấu hình %s: không có khóa %q (unknown key)", path, key)
	}
	return values, path, nil
}

// flagNames lists the flags of all commands, except flags that can only be typed.
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
	return names
}

// strs returns a YAML value as the words of a flag's value.
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

// originOf returns where a flag's value came from.
func originOf(f *pflag.Flag) string {
	if from := f.Annotations[origin]; len(from) > 0 {
		return from[0]
	}
	return fromDefault
}
