"""The kind of letter that gives prior notice."""

from django.utils.translation import gettext_lazy as _

from zsbank.base.letters.kinds import LetterKind

PRIOR_NOTICE = LetterKind("prior_notice", _("Prior notice"))
