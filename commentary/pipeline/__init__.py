"""The order of the stages: the one place that knows it, and hands each stage what it needs."""

from commentary.pipeline.checking import TextChecker as TextChecker
from commentary.pipeline.checking import check_draft as check_draft
from commentary.pipeline.checking import check_text as check_text
from commentary.pipeline.checking import fact_findings as fact_findings
from commentary.pipeline.drafting import NoStoryResult as NoStoryResult
from commentary.pipeline.drafting import draft_each as draft_each
from commentary.pipeline.drafting import draft_snapshots as draft_snapshots
from commentary.pipeline.drafting import stories_of as stories_of
from commentary.pipeline.editing import check_edit as check_edit
from commentary.pipeline.explaining import Explanation as Explanation
from commentary.pipeline.explaining import explain as explain
from commentary.pipeline.gathering import facts_of as facts_of
from commentary.pipeline.opening import sheet_of as sheet_of
from commentary.stories.newsworthiness import scores_of as scores_of
