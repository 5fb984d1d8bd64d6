// Package overlay lays a folder of the user's files over the embedded ones.
package overlay

import (
	"errors"
	"io/fs"
	"sort"
)

// FS opens a name in Over if it is there, else in Under. Over may be nil.
type FS struct{ Over, Under fs.FS }

// Open implements [fs.FS].
func (o FS) Open(name string) (fs.File, error) {
	if o.Over != nil {
		f, err := o.Over.Open(name)
		if !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return o.Under.Open(name)
}

// ReadDir lists the names of both folders, those of Over winning.
func (o FS) ReadDir(name string) ([]fs.DirEntry, error) {
	under, err := fs.ReadDir(o.Under, name)
	if o.Over == nil {
		return under, err
	}
	over, oerr := fs.ReadDir(o.Over, name)
	if err != nil && oerr != nil {
		return nil, err
	}
	byName := map[string]fs.DirEntry{}
	for _, e := range under {
		byName[e.Name()] = e
	}
	for _, e := range over {
		byName[e.Name()] = e
	}
	all := make([]fs.DirEntry, 0, len(byName))
	for _, e := range byName {
		all = append(all, e)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Name() < all[j].Name() })
	return all, nil
}
