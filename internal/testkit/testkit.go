// Package testkit is what tests of several rooms share.
package testkit

import (
	"os"
	"path/filepath"
	"testing"
)

// Shared returns the path of a file of the development data, which is not part
// of the project: $CASUS_SHARED, else the folder shared beside the checkout.
// The test is skipped where it is missing.
func Shared(t testing.TB, rel string) string {
	t.Helper()
	root := os.Getenv("CASUS_SHARED")
	if root == "" {
		root = filepath.Join(moduleRoot(t), "..", "shared")
	}
	p := filepath.Join(root, filepath.FromSlash(rel))
	if _, err := os.Stat(p); err != nil {
		t.Skipf("development data not found: %s", rel)
	}
	return p
}

// moduleRoot walks up from the test's folder to the one that holds go.mod.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			t.Fatalf("no go.mod above %s", dir)
		}
	}
}
