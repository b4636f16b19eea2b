"""Polish sentences for tickets in bulk."""

from __future__ import annotations

from okno.tickets.seed.phrases import Phrases

POLISH = Phrases(
    language="pl",
    share=20,
    things=["drukarka", "kasa", "terminal", "ruter", "laptop", "poczta", "kopia zapasowa", "kamera", "czytnik", "centrala telefoniczna", "dysk wspólny", "strona internetowa", "faktura", "licencja", "monitor"],
    places=["w recepcji", "w magazynie", "w księgowości", "na drugim piętrze", "w nowym sklepie", "w sali spotkań", "w domu", "w oddziale"],
    subjects=["Nie działa {thing} {place}", "Pytanie o {name}", "Nowe stanowisko: {thing}", "Błąd {name}: {thing}", "Dostęp do {name} dla pracownika", "{thing} {place} działa wolno", "Proszę sprawdzić: {thing}", "Faktura za {name}", "{name}: nieudana aktualizacja", "Zapomniane hasło do {name}"],
    asking=["Od rana {thing} {place} w ogóle nie reaguje.", "Wyłączyliśmy i włączyliśmy ponownie, bez skutku.", "Na ekranie widać tylko napis {name} i nic się nie dzieje.", "Do zeszłego piątku wszystko działało bez zarzutu.", "Dwie koleżanki mają ten sam kłopot i nie mogą pracować.", "Czy mogą Państwo dziś na to spojrzeć?", "Błąd pojawia się tylko przy otwieraniu {name}.", "Czy to urządzenie jest jeszcze na gwarancji?", "Potrzebujemy tego przed końcem miesiąca.", "Kto z Państwa był u nas ostatnio {place}?", "Urządzenie hałasuje i bardzo się nagrzewa.", "Wczoraj zainstalowała się aktualizacja {name}.", "Chcielibyśmy zamówić jeszcze jedną sztukę.", "Jak zmienić hasło do {name}?", "W załączniku zdjęcie komunikatu.", "To nic pilnego, ale prosimy nie zapomnieć."],
    answering=["Dziękujemy za wiadomość, już sprawdzamy.", "Uruchomiliśmy usługę ponownie i znów odpowiada.", "Proszę spróbować jeszcze raz i dać znać, czy działa.", "Przyczyną była ostatnia aktualizacja {name}; wycofaliśmy ją.", "Technik przyjedzie jutro rano.", "Mamy to na stanie i dostarczymy w tym tygodniu.", "Potrzebny jest numer seryjny z tyłu obudowy.", "Licencja {name} wygasła, już ją odnowiliśmy.", "Zmieniliśmy ustawienia {place}.", "Proszę zostawić komputer włączony na noc.", "Gotowe; jeśli problem wróci, wystarczy odpowiedzieć na ten list.", "Producent potwierdził usterkę {name}."],
    greetings=["Dzień dobry,", "Cześć,", "Szanowni Państwo,", "Witam,"],
    names=["Anna", "Piotr", "Zofia", "Tomasz", "Ewa", "Michał", "Julia", "Paweł", "Marta", "Łukasz"],
    surnames=["Nowak", "Wilk", "Zając", "Mazur", "Krawiec", "Sikora", "Wrona", "Kozioł", "Lis", "Dudek"],
)  # fmt: skip
