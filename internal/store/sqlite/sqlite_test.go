package sqlite

import (
	"context"
	"path/filepath"
	"testing"

	"casus/internal/store"
	"casus/internal/store/storetest"
)

func create(t testing.TB, o Options) *Store {
	t.Helper()
	o.Create, o.Now = true, storetest.At
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "a store?.db"), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store { return create(t, Options{}) })
}
