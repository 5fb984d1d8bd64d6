package sqlite

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"casus/internal/store"
	"casus/internal/store/storetest"
)

var keepAs = flag.String("keep", "", "name under which a store of today is kept in testdata")

// oldStore is what the stores in testdata hold: four articles, two of them coded
// twice, and a correction.
func oldStore(t *testing.T) *Store {
	t.Helper()
	ctx := context.Background()
	s := create(t, Options{})
	if _, err := s.Put(ctx, storetest.Items(0, 4, 3), storetest.At); err != nil {
		t.Fatal(err)
	}
	again := storetest.Items(0, 2, 3)
	for _, it := range again {
		it.Document.Coder = storetest.Second
		it.Document.Events = it.Document.Events[:2]
	}
	if _, err := s.Put(ctx, again, storetest.At); err != nil {
		t.Fatal(err)
	}
	if err := s.Correct(ctx, store.Correction{Article: "doc0000003", Record: "e1", Action: store.Reject, Author: "ana", Reason: "wrong", At: storetest.At}); err != nil {
		t.Fatal(err)
	}
	return s
}

// Stores that older versions wrote open, and say what they said.
func TestOldStoresOpen(t *testing.T) {
	ctx := context.Background()
	today := oldStore(t)
	defer today.Close()
	if *keepAs != "" {
		to := filepath.Join(t.TempDir(), "keep.db")
		if err := today.Backup(ctx, to); err != nil {
			t.Fatal(err)
		}
		enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
		if err != nil {
			t.Fatal(err)
		}
		spill(t, filepath.Join("testdata", *keepAs+".db.zst"), enc.EncodeAll(slurp(t, to), nil))
	}
	names, err := filepath.Glob("testdata/*.db.zst")
	if err != nil || len(names) == 0 {
		t.Fatalf("no old stores: %v", err)
	}
	dec, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer dec.Close()
	for _, name := range names {
		raw, err := dec.DecodeAll(slurp(t, name), nil)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "old.db")
		if err := os.WriteFile(path, raw, 0o644); err != nil {
			t.Fatal(err)
		}
		old, err := Open(ctx, path, Options{Now: storetest.At})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if faults, err := old.Check(ctx); err != nil || len(faults) > 0 {
			t.Errorf("%s: %s, %v", name, strings.Join(faults, "; "), err)
		}
		for _, id := range []string{"doc0000000", "doc0000003"} {
			for run := range 2 {
				x, err := old.DocumentOf(ctx, id, run+1)
				y, err2 := today.DocumentOf(ctx, id, run+1)
				if (err == nil) != (err2 == nil) || err == nil && wire(t, x) != wire(t, y) {
					t.Errorf("%s: %s of run %d differs: %v, %v", name, id, run+1, err, err2)
				}
			}
			x, err := old.Document(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			y, err := today.Document(ctx, id)
			if err != nil || wire(t, x) != wire(t, y) {
				t.Errorf("%s: %s differs: %v", name, id, err)
			}
		}
		x, err := old.Search(ctx, store.Request{})
		if err != nil {
			t.Fatal(err)
		}
		y, err := today.Search(ctx, store.Request{})
		if err != nil || len(x.Hits) != len(y.Hits) || len(x.Hits) == 0 {
			t.Errorf("%s: %d hits, want %d: %v", name, len(x.Hits), len(y.Hits), err)
		}
		if err := old.Close(); err != nil {
			t.Error(err)
		}
	}
}
