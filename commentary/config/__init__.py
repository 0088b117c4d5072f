"""What an editor changes without code: settings, story files, tolerances."""

from commentary.config.settings import FILE_NAME as FILE_NAME
from commentary.config.settings import VARIABLE as VARIABLE
from commentary.config.settings import Publisher as Publisher
from commentary.config.settings import Settings as Settings
from commentary.config.settings import load_settings as load_settings
from commentary.config.settings import read_settings as read_settings
