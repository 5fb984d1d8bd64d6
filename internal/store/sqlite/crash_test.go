package sqlite

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"casus/internal/query"
	"casus/internal/record"
	"casus/internal/store"
	"casus/internal/store/storetest"
)

var crashes = flag.Int("crashes", 10, "how often the process that writes is killed")

// The test binary itself is the process that is killed: with these in the
// environment it puts documents, a batch at a time, and says so after each.
const (
	childStore = "CASUS_TEST_CRASH_STORE"
	childFrom  = "CASUS_TEST_CRASH_FROM"
	perBatch   = 8
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childStore); path != "" {
		from, err := strconv.Atoi(os.Getenv(childFrom))
		if err == nil {
			err = putForEver(path, from)
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func putForEver(path string, from int) error {
	ctx := context.Background()
	s, err := Open(ctx, path, Options{Create: true, Now: storetest.At})
	if err != nil {
		return err
	}
	fmt.Println("open")
	for ; ; from += perBatch {
		if _, err := s.Put(ctx, storetest.Items(from, from+perBatch, 300), storetest.At); err != nil {
			return err
		}
		fmt.Println(from + perBatch) // from here on it must never be lost
	}
}

func TestKilledWriterLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	r := rand.New(rand.NewPCG(1, 2))
	acked := 0
	for round := range *crashes {
		acked = killed(t, path, acked, r.IntN(4), time.Duration(r.IntN(15_000))*time.Microsecond)
		s, err := Open(context.Background(), path, Options{Now: storetest.At})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		there := whole(t, s, acked)
		if round == *crashes-1 || round%50 == 49 {
			faults, err := s.Check(context.Background())
			if err != nil || len(faults) > 0 {
				t.Errorf("round %d: %v, %v", round, faults, err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		acked = there
	}
	if acked == 0 {
		t.Error("nothing was ever stored: the test kills too soon")
	}
	t.Logf("%d kills, %d articles", *crashes, acked)
}

// killed lets a process write some batches and a while longer, kills it, and
// returns how many articles it said were stored.
func killed(t *testing.T, path string, from, batches int, after time.Duration) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childStore+"="+path, childFrom+"="+strconv.Itoa(from))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	acked := from
	sc := bufio.NewScanner(out)
	for n := 0; sc.Scan(); n++ {
		if n == batches {
			time.AfterFunc(after, func() { cmd.Process.Kill() }) // SIGKILL
		}
		if sc.Text() == "open" {
			continue
		}
		if acked, err = strconv.Atoi(sc.Text()); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmd.Wait(); err == nil || stderr.Len() > 0 {
		t.Fatalf("the writer was not killed: %v %s", err, stderr.String())
	}
	return acked
}

// whole checks that all acknowledged articles are there, and that those beyond
// are whole batches; it returns how many there are.
func whole(t *testing.T, s *Store, acked int) int {
	t.Helper()
	ctx := context.Background()
	there := 0
	if err := s.Articles(ctx, nil, func(string, int) error { there++; return nil }); err != nil {
		t.Fatal(err)
	}
	if there < acked || there > acked+perBatch || there%perBatch != 0 {
		t.Fatalf("%d articles, %d were acknowledged", there, acked)
	}
	for i := max(0, there-5*perBatch); i < there; i++ { // older ones were looked at before
		want := storetest.Document(i, 300)
		got, err := s.Document(ctx, want.Article.ID)
		if err != nil {
			t.Fatalf("article %d of %d acknowledged: %v", i, acked, err)
		}
		if err := record.Validate(got); err != nil || wire(t, got) != wire(t, want) {
			t.Fatalf("article %d is not what was put: %v", i, err)
		}
	}
	return there
}

func wire(t *testing.T, d *record.Document) string {
	t.Helper()
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestFullDiskKeepsWhatWasStored(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "s.db")
	s, err := Open(ctx, path, Options{Create: true, Now: storetest.At, MaxPages: 60})
	if err != nil {
		t.Fatal(err)
	}
	stored := 0
	for err == nil && stored < 5000 {
		if _, err = s.Put(ctx, storetest.Items(stored, stored+perBatch, 300), storetest.At); err == nil {
			stored += perBatch
		}
	}
	if !errors.Is(err, store.ErrFull) || stored == 0 {
		t.Fatalf("after %d articles: %v, want ErrFull", stored, err)
	}
	if _, err := s.Search(ctx, store.Request{}); err != nil {
		t.Errorf("a full store cannot be read: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = Open(ctx, path, Options{Now: storetest.At}) // with room again
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if there := whole(t, s, stored); there != stored {
		t.Errorf("%d articles, want %d", there, stored)
	}
	if _, err := s.Put(ctx, storetest.Items(stored, stored+perBatch, 300), storetest.At); err != nil {
		t.Errorf("it does not go on: %v", err)
	}
	if faults, err := s.Check(ctx); err != nil || len(faults) > 0 {
		t.Errorf("%v, %v", faults, err)
	}
}

// A log that lost its end, or whose end is garbage, gives the state of an
// earlier commit.
func TestTornLogGivesAnEarlierState(t *testing.T) {
	ctx := context.Background()
	s := create(t, Options{})
	n := 0
	for ; n < 10*perBatch; n += perBatch {
		if _, err := s.Put(ctx, storetest.Items(n, n+perBatch, 300), storetest.At); err != nil {
			t.Fatal(err)
		}
	}
	db, log := slurp(t, s.path), slurp(t, s.path+"-wal")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if len(log) == 0 {
		t.Fatal("no log to tear")
	}
	for _, part := range []float64{0.3, 0.66, 0.99} {
		for _, garbage := range []string{"", "rubbish rubbish rubbish"} {
			cut := int(part * float64(len(log)))
			path := filepath.Join(t.TempDir(), "torn.db")
			spill(t, path, db)
			spill(t, path+"-wal", append(log[:cut:cut], garbage...))
			s, err := Open(ctx, path, Options{Now: storetest.At})
			if err != nil {
				t.Fatalf("%.2f of the log: %v", part, err)
			}
			st, err := s.Stats(ctx)
			if err != nil || st.Articles%perBatch != 0 || st.Articles > int64(n) {
				t.Errorf("%.2f of the log: %+v, %v", part, st, err)
			}
			if faults, err := s.Check(ctx); err != nil || len(faults) > 0 {
				t.Errorf("%.2f of the log: %v, %v", part, faults, err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func slurp(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func spill(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("this user may write everywhere")
	}
	ctx := context.Background()
	s := create(t, Options{})
	if _, err := s.Put(ctx, storetest.Items(0, 4, 2), storetest.At); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(s.path)
	if err := errors.Join(os.Chmod(s.path, 0o444), os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir, 0o755) })
	if _, err := Open(ctx, s.path, Options{}); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("open to write: %v, want ErrReadOnly", err)
	}
	if _, err := Open(ctx, filepath.Join(dir, "new.db"), Options{Create: true}); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("create: %v, want ErrReadOnly", err)
	}
	r, err := Open(ctx, s.path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if p, err := r.Search(ctx, store.Request{Kind: query.Article}); err != nil || len(p.Hits) != 4 {
		t.Errorf("search: %v", err)
	}
}
