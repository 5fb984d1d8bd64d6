package main

import (
	"regexp"
	"strconv"
	"strings"
)

const (
	factbookSource = "factbook.json@8662a8b1 (CC0)"
	congressSource = "unitedstates/congress-legislators@dfa9622 (CC0)"
	ciaSource      = "CIA World Leaders 2019-10 (US public domain)"
	phoenixSource  = "Phoenix actors, openeventdata/petrarch2@676801c (MIT)"
)

// importLeaders reads the office-holders replayed from the Factbook's history.
func importLeaders(dir string, c *countries) error {
	table, err := readTable(dir, "kb_leaders.csv")
	if err != nil {
		return err
	}
	var rows [][]string
	for _, r := range table {
		iso := r["iso3"]
		if iso == "" {
			continue
		}
		raw, title := c.stripCountry(r["name"], r["country"]), strings.TrimSpace(r["title"])
		name, family, ok := cleanName(raw)
		if !ok {
			continue
		}
		for _, t := range []string{" of", " of the", " and", " the", " and Minister of"} {
			title = strings.TrimSuffix(title, t)
		}
		if title == "the" {
			title = ""
		}
		title = strings.Replace(title, "Ministers", "Minister", 1)
		// A head of state of another country is listed there.
		if shared := map[string]string{"CHARLES III": "GBR", "ELIZABETH II": "GBR", "WILLEM-ALEXANDER": "NLD", "MARGRETHE II": "DNK", "FREDERIK X": "DNK", "HARALD V": "NOR"}[r["family"]]; shared != "" && iso != shared {
			continue
		}
		if iso == "AND" && strings.Contains(strings.ToLower(r["title"]+r["name"]), "prince") || iso != "FRA" && (r["family"] == "MACRON" || r["family"] == "HOLLANDE") {
			continue
		}
		if iso != "USA" && (r["family"] == "TRUMP" || r["family"] == "BIDEN" || r["family"] == "OBAMA") {
			continue
		}
		office := officeOf(title)
		switch r["offices"] {
		case "chief of state":
			if office == "" {
				office, title = "head-of-state", "Head of State"
			}
		default:
			if office == "" {
				office, title = "prime-minister", "Head of Government"
			}
		}
		end := map[string]string{"next holder": "next_holder", "in office at last observation": "open", "last observed (approx)": "about"}[r["end_kind"]]
		var aliases []string
		for a := range strings.SplitSeq(r["aliases"], "|") {
			if n, _, ok := cleanName(c.stripCountry(a, r["country"])); ok && n != name {
				aliases = append(aliases, n)
			}
		}
		rows = append(rows, []string{name, family, "", iso, office, title, sectorOf(office), r["start"], r["end"], end, strings.Join(aliases, "|"), factbookSource})
	}
	return write("in-leaders.holder.csv", "Heads of state and of government 2015 to January 2026, replayed from the git history of factbook/factbook.json.\nSource: factbook.json@8662a8b1, CC0. Made by tools/kbbuild; corrections go into own-*.csv.", rows)
}

func importCongress(dir string, _ *countries) error {
	table, err := readTable(dir, "us_congress_executive.csv")
	if err != nil {
		return err
	}
	type key struct{ name, typ string }
	last := map[key]int{}
	var rows [][]string
	for _, r := range table {
		// Wanted are people of the time this knowledge base is for.
		if r["end"] < "1989" {
			continue
		}
		office, title, sec := "legislator", "Representative", "LEG"
		switch r["type"] {
		case "sen":
			title = "Senator"
		case "prez":
			office, title, sec = "president", "President", "GOV"
		case "viceprez":
			office, title, sec = "vice-president", "Vice President", "GOV"
		}
		if title == "Senator" || title == "Representative" {
			title += " (" + r["party"] + ", " + r["state"] + ")"
		}
		k := key{r["name"], r["type"] + r["state"]}
		if i, ok := last[k]; ok && nextDay(rows[i][8], r["start"]) {
			rows[i][8] = r["end"]
			continue
		}
		var aliases []string
		if n := r["nickname"]; n != "" && !strings.Contains(r["name"], n) {
			aliases = append(aliases, n+" "+r["last"])
		}
		if f := r["first"] + " " + r["last"]; f != r["name"] {
			aliases = append(aliases, f)
		}
		last[k] = len(rows)
		rows = append(rows, []string{r["name"], r["last"], "", "USA", office, title, sec, r["start"], r["end"], "known", strings.Join(aliases, "|"), congressSource})
	}
	return write("in-congress.holder.csv", "Members of the United States Congress, presidents and vice presidents.\nSource: unitedstates/congress-legislators@dfa9622, CC0. Made by tools/kbbuild.", rows)
}

// nextDay reports whether b follows a within a few days: terms end on the third
// and begin on the third to seventh of January.
func nextDay(a, b string) bool { return a[:4] == b[:4] || a >= b }

var ciaShort = strings.NewReplacer("Min.", "Minister", "Pres.", "President", "Dep.", "Deputy", "Sec.", "Secretary", "Gen.", "General", "Dir.", "Director", "Govt.", "Government", "Chmn.", "Chairman")

func importCIA(dir string, c *countries) error {
	table, err := readTable(dir, "cia_world_leaders_2019-10.csv")
	if err != nil {
		return err
	}
	var rows [][]string
	for _, r := range table {
		iso := c.byName[fold(r["country"])]
		name, family, ok := cleanName(r["name"])
		if iso == "" || !ok || !strings.Contains(name, " ") {
			continue
		}
		title := ciaShort.Replace(r["office"])
		office := officeOf(title)
		if office == "" {
			office = "minister"
		}
		if len(title) > 60 {
			title = title[:strings.LastIndexByte(title[:60], ' ')]
		}
		rows = append(rows, []string{name, family, "", iso, office, title, sectorOf(office), "2019-10-15", "", "observed", "", ciaSource})
	}
	return write("in-cia2019.holder.csv", "Cabinets as observed in October 2019; when an office began or ended is not known.\nSource: CIA World Leaders (US government, public domain). Made by tools/kbbuild.", rows)
}

var phoenixCode = regexp.MustCompile(`\[([A-Z]{3})([A-Z]{3})[A-Z]*\s+(\d{6,8})-(\d{6,8})\]`)

// phoenixPeople takes from the country dictionary the people whose time in
// government is given with both ends.
func phoenixPeople(dir string, c *countries) ([][]string, error) {
	text, err := readText(dir, "Phoenix.Countries.actors.txt.gz")
	if err != nil {
		return nil, err
	}
	var rows [][]string
	var names []string
	done := false
	for line := range strings.SplitSeq(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		head, _, _ := strings.Cut(line, "[")
		head = strings.Trim(strings.ReplaceAll(strings.TrimSpace(head), "_", " "), " +")
		if line[0] != '+' && line[0] != '\t' && line[0] != ' ' || done && head != "" && line[0] != '+' {
			names, done = nil, false
		}
		if head != "" && line[0] != '\t' {
			names = append(names, head)
		}
		for _, m := range phoenixCode.FindAllStringSubmatch(line, -1) {
			done = true
			start, end := phoenixDate(m[3]), phoenixDate(m[4])
			iso := c.phoenix(m[1])
			if m[2] != "GOV" || start == "" || end == "" || end < "1980" || iso == "" || len(names) == 0 || end < start {
				continue
			}
			n := strings.Fields(names[0])
			if len(n) < 2 || len(n) > 5 || strings.ContainsAny(names[0], ".,()0123456789") || titled(n[0]) {
				continue
			}
			for i := range n {
				n[i] = proper(n[i])
			}
			rows = append(rows, []string{strings.Join(n, " "), "", "", iso, "", "", "GOV", start, end, "known", "", phoenixSource})
		}
	}
	return mergeSpells(rows), nil
}

func titled(w string) bool {
	switch w {
	case "PRESIDENT", "MINISTER", "PRIME", "FOREIGN", "DEFENSE", "DEFENCE", "ACTING", "SENATOR", "KING", "QUEEN", "PRINCE", "VICE", "INTERIOR", "FINANCE", "DEPUTY", "SECRETARY", "GENERAL", "SHEIKH":
		return true
	}
	return false
}

func phoenixDate(s string) string {
	if len(s) == 6 {
		y, _ := strconv.Atoi(s[:2])
		if y > 30 {
			s = "19" + s
		} else {
			s = "20" + s
		}
	}
	if len(s) != 8 || s[4:6] > "12" || s[4:6] == "00" || s[6:] > "31" || s[6:] == "00" {
		return ""
	}
	return s[:4] + "-" + s[4:6] + "-" + s[6:]
}

// mergeSpells joins spells of one person that touch or overlap.
func mergeSpells(rows [][]string) [][]string {
	at := map[string]int{}
	var out [][]string
	for _, r := range rows {
		k := r[0] + r[3]
		if i, ok := at[k]; ok && r[7] <= out[i][8][:4]+"-12-31" && r[8] >= out[i][7][:4] {
			out[i][7], out[i][8] = min(out[i][7], r[7]), max(out[i][8], r[8])
			continue
		}
		at[k] = len(out)
		out = append(out, r)
	}
	return out
}
