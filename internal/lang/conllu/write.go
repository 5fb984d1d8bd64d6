package conllu

import (
	"bufio"
	"io"
	"strconv"

	"casus/internal/doc"
)

// Write writes the document. Layers that it lacks are left open.
func Write(w io.Writer, d *doc.Doc) error {
	return WriteSentences(w, FromDoc(d))
}

// WriteSentences writes sentences with an empty line after each.
func WriteSentences(w io.Writer, ss []Sentence) error {
	bw := bufio.NewWriterSize(w, 64<<10)
	var row []byte
	for i := range ss {
		row = ss[i].append(row[:0])
		if _, err := bw.Write(row); err != nil {
			return err
		}
	}
	return bw.Flush()
}

func (s *Sentence) append(b []byte) []byte {
	if s.NewDoc {
		b = comment(b, "newdoc id", s.DocID)
	}
	if s.ID != "" {
		b = comment(b, "sent_id", s.ID)
	}
	if s.NewPar {
		b = append(b, "# newpar\n"...)
	}
	for _, c := range s.Comments {
		b = append(append(append(b, "# "...), c...), '\n')
	}
	if s.Text != "" {
		b = comment(b, "text", s.Text)
	}
	ranges := s.Ranges
	end := 0
	for i := range s.Words {
		inside := i < end
		if len(ranges) > 0 && ranges[0].First == i {
			end, inside = ranges[0].End, true
			b = appendRange(b, ranges[0])
			ranges = ranges[1:]
		}
		b = s.Words[i].append(b, i+1, inside)
	}
	return append(b, '\n')
}

func comment(b []byte, key, value string) []byte {
	b = append(append(b, "# "...), key...)
	if value == "" && key == "newdoc id" {
		return append(b[:len(b)-len(" id")], '\n')
	}
	return append(append(append(b, " = "...), value...), '\n')
}

func appendRange(b []byte, r Range) []byte {
	b = strconv.AppendInt(b, int64(r.First+1), 10)
	b = append(b, '-')
	b = strconv.AppendInt(b, int64(r.End), 10)
	b = append(append(b, '\t'), r.Form...)
	b = append(b, "\t_\t_\t_\t_\t_\t_\t_\t"...)
	if r.SpaceAfter {
		return append(b, "_\n"...)
	}
	return append(b, "SpaceAfter=No\n"...)
}

func (w *Word) append(b []byte, id int, inside bool) []byte {
	b = strconv.AppendInt(b, int64(id), 10)
	b = column(b, w.Form)
	b = column(b, w.Lemma)
	b = column(b, w.UPOS)
	b = column(b, w.XPOS)
	b = column(b, w.Feats)
	b = append(b, '\t')
	if w.Head == NoHead {
		b = append(b, '_')
	} else {
		b = strconv.AppendInt(b, int64(w.Head), 10)
	}
	b = column(b, w.Deprel)
	b = column(b, w.Deps)
	_, noted := Field(w.Misc, "SpaceAfter")
	switch {
	case w.SpaceAfter || inside || noted:
		b = column(b, w.Misc)
	case w.Misc == "":
		b = append(b, "\tSpaceAfter=No"...)
	default:
		b = append(column(b, w.Misc), "|SpaceAfter=No"...)
	}
	return append(b, '\n')
}

func column(b []byte, s string) []byte {
	b = append(b, '\t')
	if s == "" {
		return append(b, '_')
	}
	return append(b, s...)
}
