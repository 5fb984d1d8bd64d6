package storetest

import (
	"reflect"
	"testing"

	"casus/internal/record"
)

func TestDocumentsAreSoundAndTheSame(t *testing.T) {
	for i := range 50 {
		d := Document(i, 100)
		if err := record.Validate(d); err != nil {
			t.Fatalf("document %d: %v", i, err)
		}
		if !reflect.DeepEqual(d, Document(i, 100)) {
			t.Fatalf("document %d differs when made again", i)
		}
	}
}
