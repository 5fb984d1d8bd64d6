//go:build amd64 && !purego

package nn

import "testing"

// The kernels that this processor would not choose must equal their twins too.
func TestNarrowerKernelsEqualTwins(t *testing.T) {
	if !wide {
		t.Skip("the processor has no wider ones")
	}
	wide = false
	t.Cleanup(func() { wide = true })
	t.Run("exact", TestExactKernelsEqualTwins)
	t.Run("product", TestFixedProductIsCloseAndCannotOverflow)
}
