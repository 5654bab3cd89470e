package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"nghiquyet/index/generation"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/search"
	"nghiquyet/search/opensearch"
)

// openSearchFlags configure the cluster and its client.
type openSearchFlags struct {
	url, prefix           string
	ca                    string
	insecure              bool
	username              string
	passwordFile, keyFile string
	shards, replicas      int
	timeout, patience     time.Duration

	connected *opensearchindex.Cluster
}

// Secrets may come from a file or the environment, never from the command line,
// which every user of the machine can read.
const (
	openSearchPasswordEnv = envPrefix + "OPENSEARCH_PASSWORD"
	openSearchKeyEnv      = envPrefix + "OPENSEARCH_API_KEY"
)

func (f *openSearchFlags) add(fs *pflag.FlagSet) {
	fs.StringVar(&f.url, "opensearch-url", "http://127.0.0.1:9200", "địa chỉ các nút OpenSearch, cách nhau bởi dấu phẩy")
	fs.StringVar(&f.prefix, "opensearch-prefix", "nghiquyet", "tiền tố tên chỉ mục trong OpenSearch")
	fs.StringVar(&f.ca, "opensearch-ca", "", "tệp chứng chỉ gốc (PEM) của cụm OpenSearch")
	fs.BoolVar(&f.insecure, "opensearch-insecure", false, "nhận mọi chứng chỉ TLS của cụm: chỉ để thử")
	fs.StringVar(&f.username, "opensearch-username", "", "tên người dùng OpenSearch; mật khẩu: --opensearch-password-file hoặc "+openSearchPasswordEnv)
	fs.StringVar(&f.passwordFile, "opensearch-password-file", "", "tệp chứa mật khẩu OpenSearch")
	fs.StringVar(&f.keyFile, "opensearch-api-key-file", "", "tệp chứa khóa API của OpenSearch; hoặc "+openSearchKeyEnv)
	fs.IntVar(&f.shards, "opensearch-shards", 1, "số mảnh của một thế hệ mới")
	fs.IntVar(&f.replicas, "opensearch-replicas", 1, "số bản sao của mỗi mảnh")
	fs.DurationVar(&f.timeout, "opensearch-timeout", 30*time.Second, "thời gian tối đa một lần gọi OpenSearch")
	fs.DurationVar(&f.patience, "opensearch-patience", 5*time.Minute, "khi lập chỉ mục: thời gian đợi cụm đang bận hoặc không trả lời")
}

// secret reads a secret from a file, or else from the environment.
func secret(file, env string) (string, error) {
	if file == "" {
		return os.Getenv(env), nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(string(b)), nil
}

// cluster connects to the cluster, once.
func (f *indexFlags) cluster() (*opensearchindex.Cluster, error) {
	o := &f.opensearch
	if o.connected != nil {
		return o.connected, nil
	}
	if o.shards < 1 || o.replicas < 0 {
		return nil, usagef("--opensearch-shards từ 1, --opensearch-replicas từ 0")
	}
	dir, err := filepath.Abs(f.store.Dir)
	if err != nil {
		return nil, err
	}
	host, err := os.Hostname()
	if err != nil {
		return nil, fmt.Errorf("name of this machine: %w", err)
	}
	cfg := opensearchindex.Config{URLs: strings.Split(o.url, ","), Prefix: o.prefix, Username: o.username, Insecure: o.insecure, Timeout: o.timeout,
		Shards: o.shards, Replicas: o.replicas, Patience: o.patience, Owner: host + ":" + dir}
	var errs [3]error
	if o.username != "" {
		cfg.Password, errs[0] = secret(o.passwordFile, openSearchPasswordEnv)
	} else {
		cfg.APIKey, errs[1] = secret(o.keyFile, openSearchKeyEnv)
	}
	if o.ca != "" {
		cfg.CA, errs[2] = os.ReadFile(o.ca)
	}
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	o.connected, err = opensearchindex.NewCluster(cfg)
	if err != nil {
		return nil, usageError{err}
	}
	return o.connected, nil
}

// args are the flags as another process of this program is given them.
func (f *indexFlags) args() []string {
	o := &f.opensearch
	return []string{"--data", f.store.Dir, "--engine", f.engine,
		"--opensearch-url", o.url, "--opensearch-prefix", o.prefix, "--opensearch-ca", o.ca,
		fmt.Sprintf("--opensearch-insecure=%t", o.insecure), "--opensearch-username", o.username,
		"--opensearch-password-file", o.passwordFile, "--opensearch-api-key-file", o.keyFile,
		fmt.Sprintf("--opensearch-shards=%d", o.shards), fmt.Sprintf("--opensearch-replicas=%d", o.replicas),
		fmt.Sprintf("--opensearch-timeout=%s", o.timeout), fmt.Sprintf("--opensearch-patience=%s", o.patience)}
}

// opening bounds the time to open an engine and read a generation's figures.
const opening = time.Minute

func openOpenSearch(f *indexFlags, r *generation.Reader) (search.Engine, error) {
	c, err := f.cluster()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), opening)
	defer cancel()
	x, err := c.Load(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	return opensearch.Open(ctx, x)
}

// checkCluster reports the state of the cluster for doctor.
func checkCluster(f *indexFlags) (string, error) {
	if f.engine != opensearchindex.Engine {
		return "", errSkip
	}
	c, err := f.cluster()
	if err != nil {
		return "", err
	}
	return c.Describe()
}
