"""GitHub: what a workflow run is about, and the comments and pull requests that it makes."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coopcal.authoring.ci.api import Api

_PAGES = 20
"""Pages of a hundred comments that are looked through for one's own."""

_REVISION = re.compile(r"[0-9a-f]{40,64}")


@dataclass(frozen=True, slots=True)
class Run:
    """A workflow run: its event, and the API with the run's token."""

    api: Api
    repository: str
    event_name: str
    event: Mapping[str, Any]
    sha: str
    summary: Path | None
    branch: str = ""

    @property
    def is_request(self) -> bool:
        """Return whether it is about a pull request."""
        return self.event_name == "pull_request"

    def compared_with(self) -> str | None:
        """Return the revision that the checked-out one is compared with; None where there is none.

        Of a pull request, that is its base; of a push, what was there before.
        """
        if self.is_request:
            revision = self.event["pull_request"]["base"]["sha"]
        else:
            revision = self.event.get("before", "") if self.event_name == "push" else ""
        return revision if _REVISION.fullmatch(revision) and revision.strip("0") else None

    def say(self, body: str, mark: str, *, only_if_said_before: bool = False) -> bool:
        """Comment on the pull request, the issue or the commit of the run; a comment said before is replaced.

        Return whether it is said: False where there is nowhere to say it, or no permission to.
        """
        place = self._place()
        if place is None:
            return False
        comments, comment = place
        former = self._said(comments, mark)
        if former is not None:
            if former["body"].strip() == body.strip():
                return True
            return self.api.call("PATCH", f"{comment}/{int(former['id'])}", {"body": body}).is_good
        return only_if_said_before or self.api.call("POST", comments, {"body": body}).is_good

    def tell_in_summary(self, body: str) -> None:
        """Add to the summary of the run."""
        if self.summary is not None:
            with self.summary.open("a", encoding="utf-8") as file:
                file.write(f"{body}\n")

    def request_pull(self, branch: str, title: str, body: str) -> bool:
        """Open a pull request for a branch; where one is open, bring what it says up to date."""
        owner = self.repository.split("/", 1)[0]
        pulls = f"/repos/{self.repository}/pulls"
        opened = self.api.call("GET", f"{pulls}?state=open&head={owner}:{branch}")
        if opened.is_good and opened.content:
            pull = opened.content[0]
            if pull.get("body") != body and "number" in pull:
                self.api.call("PATCH", f"{pulls}/{int(pull['number'])}", {"title": title, "body": body})
            return True
        base = self.event.get("repository", {}).get("default_branch") or self.branch
        asked = {"title": title, "head": branch, "base": base, "body": body}
        return self.api.call("POST", pulls, asked).is_good

    def _place(self) -> tuple[str, str] | None:
        """Return the addresses of the comments here and, without its number, of one of them."""
        repository = f"/repos/{self.repository}"
        subject = self.event.get("pull_request") or self.event.get("issue")
        if subject is not None:
            return f"{repository}/issues/{int(subject['number'])}/comments", f"{repository}/issues/comments"
        if self.event_name == "push" and self._made_straight():
            return f"{repository}/commits/{self.sha}/comments", f"{repository}/comments"
        return None

    def _made_straight(self) -> bool:
        """Return whether the commit came to the main branch without a pull request, where it was commented on already."""
        if self.event.get("ref") != f"refs/heads/{self.event['repository']['default_branch']}":
            return False
        pulls = self.api.call("GET", f"/repos/{self.repository}/commits/{self.sha}/pulls")
        return pulls.is_good and not pulls.content

    def _said(self, comments: str, mark: str) -> Mapping[str, Any] | None:
        """Return the comment with the mark that an app of GitHub made; one that a person made is not touched."""
        for page in range(1, _PAGES + 1):
            answer = self.api.call("GET", f"{comments}?per_page=100&page={page}")
            if not answer.is_good or not answer.content:
                return None
            for comment in answer.content:
                if (comment.get("user") or {}).get("type") == "Bot" and comment["body"].startswith(mark):
                    own: Mapping[str, Any] = comment
                    return own
        return None


def run_of(environ: Mapping[str, str], token: str) -> Run:
    """Return the run that the environment of a workflow tells of."""
    event = json.loads(Path(environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    summary = environ.get("GITHUB_STEP_SUMMARY")
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    return Run(
        Api(environ.get("GITHUB_API_URL", "https://api.github.com"), headers),
        environ["GITHUB_REPOSITORY"],
        environ["GITHUB_EVENT_NAME"],
        event,
        environ.get("GITHUB_SHA", ""),
        Path(summary) if summary else None,
        environ.get("GITHUB_REF_NAME", ""),
    )
