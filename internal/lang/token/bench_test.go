package token

import (
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/doc"
)

// newsLike is a page in the manner of a wire report.
const newsLike = `QUITO, Ecuador (Example News) — The government's chief negotiator said on Tuesday that talks with dock workers, which had stalled over a $4.5 million pension fund, would resume "within days" if the union lifted its blockade of the northern port.

"We don't expect miracles," Mr. Paz told reporters at 7 p.m. outside the ministry. "But we can't let 1,200 containers rot, and we won't." He added that Ecuador's re-elected president, Dr. Elena Mora, had asked for a report by Sept. 14.

Union leaders in Guayaquil rejected the offer. The U.S. embassy warned travellers to avoid the area; three people were hurt when police fired tear gas near Gate No. 3, according to a hospital spokeswoman.

- Two of the injured were dock workers.
- One was a 34-year-old bystander.

Analysts at the non-profit Andes Watch said the dispute could cost up to 2.5% of the region's monthly exports. "It's a small port, but it's the only one that ships flowers," said Ana Ruiz, who runs the group's office in Cuenca.
`

func BenchmarkSplit(b *testing.B) {
	s := splitter(b)
	d := doc.New(&article.Article{Title: "Talks over port blockade to resume, negotiator says", Text: newsLike})
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	tokens := 0
	for b.Loop() {
		_, _, toks := s.Split(d)
		tokens += len(toks)
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkSplitLongLine(b *testing.B) {
	s := splitter(b)
	d := doc.New(&article.Article{Text: strings.Repeat("The talks failed. Mr. Paz, 54, left at 7 p.m. ", 1<<14)})
	b.SetBytes(int64(len(d.Text)))
	for b.Loop() {
		s.Split(d)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(Files(), "en"); err != nil {
			b.Fatal(err)
		}
	}
}
