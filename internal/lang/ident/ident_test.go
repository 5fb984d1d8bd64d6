package ident

import "testing"

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		name, text, declared, code string
		ok                         bool
	}{
		{"English report", "The foreign ministers of the two countries met on Monday in the harbour city and said that they would resume talks on fishing rights, which had been broken off in the autumn after patrol boats turned back trawlers.", "", "en", true},
		{"English page that says it is German", "The foreign ministers of the two countries met on Monday in the harbour city and said that they would resume talks on fishing rights, which had been broken off in the autumn.", "de", "en", true},
		{"Spanish", "Los ministros de Relaciones Exteriores de los dos países se reunieron el lunes en la ciudad portuaria y dijeron que reanudarían las conversaciones sobre los derechos de pesca, interrumpidas en otoño después de que las patrulleras rechazaran a los barcos.", "", "es", false},
		{"Russian", "Министры иностранных дел двух стран встретились в понедельник в портовом городе и заявили, что возобновят переговоры о правах на рыболовство, прерванные осенью.", "", "ru", false},
		{"a short English sentence", "Police arrested 12 protesters.", "", "en", true},
		{"a short text declared French", "La police arrête 12 manifestants.", "fr", "fr", false},
		{"empty", "", "", "en", true},
	} {
		code, ok := Detect(c.text, c.declared)
		if code != c.code || ok != c.ok {
			t.Errorf("%s: Detect = %q, %v; want %q, %v", c.name, code, ok, c.code, c.ok)
		}
	}
}

func BenchmarkDetect(b *testing.B) {
	s := "The foreign ministers of the two countries met on Monday in the harbour city and said that they would resume talks. "
	for len(s) < window {
		s += s
	}
	b.SetBytes(window)
	for b.Loop() {
		Detect(s, "")
	}
}
