package main

import (
	"regexp"
	"strings"
	"unicode"
)

var honorific = map[string]bool{
	"dr": true, "gen": true, "sir": true, "dame": true, "sheikh": true, "field": true, "marshal": true, "brig": true, "lt": true, "col": true, "vice": true, "adm": true, "air": true,
	"marshall": true, "maj": true, "capt": true, "shaykh": true, "prof": true, "ret": true, "the": true, "mr": true, "mrs": true, "ms": true, "hon": true, "brigadier": true, "general": true,
	"colonel": true, "lord": true, "baroness": true, "major": true, "captain": true, "admiral": true, "rear": true, "air-vice": true, "vice-marshal": true, "his": true, "her": true,
	"excellency": true, "highness": true, "honorable": true, "rev": true, "reverend": true, "engineer": true, "eng": true, "rr": true, "ra": true, "cdr": true, "commodore": true, "right": true,
	"ambassador": true, "commander": true, "lieutenant": true, "hajji": true, "archbishop": true, "cardinal": true, "bishop": true, "amb": true, "sgt": true, "vadm": true, "cmdre": true,
}

var postWord = map[string]bool{
	"premier": true, "premiers": true, "minister": true, "ministers": true, "president": true, "presidents": true, "co-vice": true, "vice-president": true, "commission": true, "affairs": true,
	"bailiff": true, "permanent": true, "deputy": true, "prime": true, "chancellor": true, "secretary": true, "chairman": true, "king": true, "queen": true, "prince": true, "crown": true, "emir": true, "amir": true,
	"sultan": true, "pope": true, "council": true, "state": true, "first": true, "second": true, "third": true, "co-president": true, "government": true, "national": true, "executive": true, "captain": true, "captains": true, "regent": true,
}

var paren = regexp.MustCompile(`\s*[\(\[][^\)\]]*[\)\]]?`)

// cleanName takes honorifics, remarks and all that follows a comma off a name
// and writes the family name, in capitals in the source, as a name. family is
// the run of capitals; ok is false when none stands there.
func cleanName(s string) (name, family string, ok bool) {
	s = paren.ReplaceAllString(s, "")
	for _, cut := range []string{",", ";", " in caretaker", " represented by ", " note", " since ", " - "} {
		if i := strings.Index(s, cut); i > 0 {
			s = s[:i]
		}
	}
	w := strings.Fields(s)
	// "Premiers Zhang Gaoli": a title that the source runs into the name.
	for len(w) > 1 && postWord[strings.ToLower(strings.Trim(w[0], ".,"))] {
		w = w[1:]
	}
	for len(w) > 1 && (honorific[strings.ToLower(strings.Trim(w[0], "."))] || len(w[0]) == 1) {
		w = w[1:]
	}
	if len(w) == 0 || len(w) > 7 {
		return "", "", false
	}
	var fam []string
	for i, x := range w {
		up := capitals(x)
		if up && !(len(w) > 1 && roman(x)) {
			if len(fam) == 0 || capitals(w[i-1]) {
				fam = append(fam, proper(x))
			}
		}
		w[i] = proper(x)
		if !unicode.IsLetter([]rune(x)[0]) || (unicode.IsLower([]rune(x)[0]) && !particle[strings.ToLower(x)] && !strings.ContainsAny(x, "-'’")) {
			return "", "", false
		}
	}
	if len(fam) == 0 {
		return "", "", false
	}
	return strings.Join(w, " "), strings.Join(fam, " "), true
}

var particle = map[string]bool{
	"al": true, "el": true, "bin": true, "ibn": true, "de": true, "da": true, "dos": true, "do": true, "di": true, "van": true, "von": true, "der": true, "den": true, "la": true, "le": true,
	"du": true, "bint": true, "ould": true, "wa": true, "ul": true, "e": true, "y": true, "i": true, "ter": true, "ag": true, "das": true, "del": true, "zu": true, "te": true, "ben": true, "ur": true,
	"abd": true, "mac": true, "st": true, "ole": true,
}

// capitals reports whether the word is a name written in capitals: "AL-SISI",
// "O'BRIEN", "McDONALD", "al-OTHMANI".
func capitals(w string) bool {
	n, low := 0, 0
	for _, part := range strings.FieldsFunc(w, func(r rune) bool { return r == '-' || r == '\'' || r == '’' }) {
		pn, pl := 0, 0
		for _, r := range strings.TrimPrefix(strings.TrimPrefix(part, "Mc"), "Mac") {
			if unicode.IsUpper(r) {
				pn++
			} else if unicode.IsLower(r) {
				pl++
			}
		}
		if pl == 0 && pn > n {
			n = pn
		}
		low += pl
	}
	return n > 1 && !strings.HasSuffix(w, ".")
}

func roman(w string) bool { return strings.Trim(w, "IVX") == "" }

// proper writes a word in capitals with one capital letter a part.
func proper(w string) string {
	if roman(w) {
		return w
	}
	var b strings.Builder
	start, up := true, 0
	for _, r := range w {
		if unicode.IsUpper(r) {
			up++
		}
	}
	for i, r := range w {
		switch {
		case !unicode.IsLetter(r):
			start = r == '-' || r == '\'' && i <= 2
			b.WriteRune(r)
		case start || up < 2:
			b.WriteRune(r)
			start = false
		case strings.HasPrefix(w, "Mc") && i == 2 || strings.HasPrefix(w, "Mac") && i == 3:
			b.WriteRune(r)
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

var officeWords = []struct {
	re     *regexp.Regexp
	office string
}{
	{regexp.MustCompile(`(?i)vice[- ]pres|deputy president`), "vice-president"},
	{regexp.MustCompile(`(?i)(deputy|vice|dep\.|first deputy) *(prime|premier|chancellor|pm)`), "deputy-prime-minister"},
	{regexp.MustCompile(`(?i)prime min|premier|^chancellor|taoiseach|president of the government|chairman of the council of min|^minister of state|chief minister|chief executive`), "prime-minister"},
	{regexp.MustCompile(`(?i)supreme leader|rahbar`), "supreme-leader"},
	{regexp.MustCompile(`(?i)\b(king|queen|emperor|sultan|amir|emir|grand duke|prince|monarch|pope|yang di)`), "monarch"},
	{regexp.MustCompile(`(?i)governor[- ]gen`), "governor-general"},
	{regexp.MustCompile(`(?i)^(acting |interim |transitional |transition |executive )*(pres\b|pres\.|president)`), "president"},
	{regexp.MustCompile(`(?i)central bank|reserve bank|monetary|governor.*bank|national bank`), "central-banker"},
	{regexp.MustCompile(`(?i)^ambassador|permanent rep|charge d|perm\. rep|head of mission`), "ambassador"},
	{regexp.MustCompile(`(?i)(foreign|external) (affairs|relations|min)|^min.* of foreign|sec.* of state$|secretary of state for foreign|foreign sec`), "foreign-minister"},
	{regexp.MustCompile(`(?i)def[ae]n[cs]e|armed forces min|national security min`), "defence-minister"},
	{regexp.MustCompile(`(?i)interior|home affairs|internal affairs|public security|homeland security|home sec`), "interior-minister"},
	{regexp.MustCompile(`(?i)financ|treasury|chancellor of the exchequer|economy`), "finance-minister"},
	{regexp.MustCompile(`(?i)justice|attorney|prosecutor`), "justice-minister"},
	{regexp.MustCompile(`(?i)governor|administrator|commissioner|mayor`), "governor"},
	{regexp.MustCompile(`(?i)speaker|parliament|assembly|senate|congress`), "speaker"},
	{regexp.MustCompile(`(?i)intelligence|security service|state security`), "spy-chief"},
	{regexp.MustCompile(`(?i)chief of.*staff|commander|army|joint chiefs|armed forces`), "chief-of-staff"},
	{regexp.MustCompile(`(?i)min\.|minister|sec\.|secretary`), "minister"},
}

// officeOf names the office behind a title, "" when it is none of the list.
func officeOf(title string) string {
	for _, o := range officeWords {
		if o.re.MatchString(title) {
			return o.office
		}
	}
	return ""
}

// sectorOf gives the sectors of an office.
func sectorOf(office string) string {
	switch office {
	case "defence-minister":
		return "GOV;MIL"
	case "interior-minister":
		return "GOV;COP"
	case "justice-minister":
		return "GOV;JUD"
	case "speaker", "legislator":
		return "LEG"
	case "spy-chief":
		return "SPY"
	case "chief-of-staff":
		return "MIL"
	}
	return "GOV"
}
