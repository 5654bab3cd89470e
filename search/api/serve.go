package api

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"time"
)

// Serve answers on a listener until ctx ends, and then drains: /readyz answers 503
// for the drain delay, the listener closes, running requests may end within the
// drain timeout, and the rest are cut. The reader of a cut export can resume it. It
// returns nil after a drain.
func (s *Service) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: s.cfg.ReadHeaderTimeout,
		ReadTimeout:       s.cfg.ReadTimeout,
		WriteTimeout:      s.cfg.WriteTimeout,
		IdleTimeout:       s.cfg.IdleTimeout,
		MaxHeaderBytes:    hardHeaderBytes,
		// OPTIONS * shall be answered like other requests, with the headers of secure.
		DisableGeneralOptionsHandler: true,
		ConnContext:                  welcome,
		ConnState:                    watch,
		ErrorLog:                     slog.NewLogLogger(s.cfg.Log.Handler(), slog.LevelDebug),
	}
	l = refusals{door{l, s.house}, s}
	serve := server.Serve
	if s.cfg.TLSCert != "" || s.cfg.TLSKey != "" {
		pair := &keyPair{cert: s.cfg.TLSCert, key: s.cfg.TLSKey}
		if _, err := pair.get(nil); err != nil {
			_ = l.Close()
			return err
		}
		server.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: pair.get}
		serve = func(l net.Listener) error { return server.ServeTLS(l, "", "") }
	}

	go s.returnMemory(ctx, debug.FreeOSMemory)
	failed := make(chan error, 1)
	go func() { failed <- serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	s.draining.Store(true)
	if s.cfg.DrainDelay > 0 {
		time.Sleep(s.cfg.DrainDelay)
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.DrainTimeout)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		s.cfg.Log.Warn("requests cut at the end of the drain timeout", "error", errors.Join(err, server.Close()))
	}
	<-failed
	return nil
}

// keyPair is a TLS certificate that is read again when its file changes, so that a
// renewed one is used without a restart. It is safe for concurrent use.
type keyPair struct {
	cert, key string

	mu      sync.Mutex
	changed time.Time
	loaded  *tls.Certificate
}

// get returns the certificate. If a renewed one cannot be read yet, the old one
// stays in use.
func (p *keyPair) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	info, err := os.Stat(p.cert)
	if err == nil && p.loaded != nil && info.ModTime().Equal(p.changed) {
		return p.loaded, nil
	}
	if err == nil {
		var pair tls.Certificate
		if pair, err = tls.LoadX509KeyPair(p.cert, p.key); err == nil {
			p.loaded, p.changed = &pair, info.ModTime()
		}
	}
	if p.loaded == nil {
		return nil, fmt.Errorf("load TLS certificate: %w", err)
	}
	return p.loaded, nil
}
