"""The figures of the domain analysis that several tests check against."""

TEN_CLIENTS = [4200, 2100, 1300, 900, 500, 300, 250, 200, 150, 100]
EVEN_YEAR = [100, 110, 95, 105, 100, 98, 102, 97, 103, 101, 99, 100]
WILD_YEAR = [100, 0, 150, 80, 200, 60, 120, 90, 40, 160, 110, 90]
NAN = float("nan")
