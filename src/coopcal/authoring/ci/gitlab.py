"""GitLab: what a pipeline is about, and the notes that it makes."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from coopcal.authoring.ci.api import Api

_PAGES = 20
_REVISION = re.compile(r"[0-9a-f]{40,64}")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A pipeline: its merge request or commit, and the API with the project's token."""

    api: Api
    project: str
    merge_request: str
    sha: str
    before: str
    on_default_branch: bool
    branch: str = ""

    @property
    def is_request(self) -> bool:
        """Return whether it is about a merge request."""
        return bool(self.merge_request)

    def compared_with(self) -> str | None:
        """Return the revision that the checked-out one is compared with; None where there is none."""
        revision = self.before
        return revision if _REVISION.fullmatch(revision) and revision.strip("0") else None

    def say(self, body: str, mark: str, *, only_if_said_before: bool = False) -> bool:
        """Note it on the merge request, replacing a note said before, or comment on a commit made straight to the
        default branch. Return whether it is said.
        """
        project = f"/projects/{self.project}"
        if self.merge_request:
            notes = f"{project}/merge_requests/{self.merge_request}/notes"
            for note in self._said(notes, mark):
                if note["body"].strip() == body.strip():
                    return True
                if self.api.call("PUT", f"{notes}/{int(note['id'])}", {"body": body}).is_good:
                    return True
            return only_if_said_before or self.api.call("POST", notes, {"body": body}).is_good
        commit = f"{project}/repository/commits/{self.sha}"
        requests = self.api.call("GET", f"{commit}/merge_requests") if self.on_default_branch else None
        if requests is None or not requests.is_good or requests.content:
            return False
        return only_if_said_before or self.api.call("POST", f"{commit}/comments", {"note": body}).is_good

    def author_of(self, branch: str) -> str | None:
        """Return the address of who made the last commit of a branch; None where there is no such branch."""
        answer = self.api.call("GET", f"/projects/{self.project}/repository/branches/{quote(branch, '')}")
        return str(answer.content["commit"]["author_email"]) if answer.is_good else None

    def stands(self, branch: str, files: Mapping[str, str]) -> bool:
        """Return whether all files stand on a branch just so."""
        return all(
            self._sign(path, branch) == hashlib.sha256(text.encode()).hexdigest()
            for path, text in files.items()
        )

    def commit(self, branch: str, files: Mapping[str, str], message: str, author: tuple[str, str]) -> bool:
        """Write a branch anew: the one that is checked out, with one commit of files; return whether that is done."""
        actions = [
            {
                "action": "update" if self._sign(path, self.branch) else "create",
                "file_path": path,
                "content": text,
            }
            for path, text in files.items()
        ]
        name, address = author
        asked = {
            "branch": branch, "start_branch": self.branch, "force": True, "commit_message": message, "actions": actions,
            "author_name": name, "author_email": address,
        }  # fmt: skip
        return self.api.call("POST", f"/projects/{self.project}/repository/commits", asked).is_good

    def request_merge(self, branch: str, title: str, body: str) -> bool:
        """Open a merge request for a branch; where one is open, bring what it says up to date."""
        requests = f"/projects/{self.project}/merge_requests"
        opened = self.api.call("GET", f"{requests}?state=opened&source_branch={quote(branch, '')}")
        if opened.is_good and opened.content:
            changed = {"title": title, "description": body}
            return self.api.call("PUT", f"{requests}/{int(opened.content[0]['iid'])}", changed).is_good
        asked = {"source_branch": branch, "target_branch": self.branch, "title": title, "description": body}
        return self.api.call("POST", requests, {**asked, "remove_source_branch": True}).is_good

    def _sign(self, path: str, ref: str) -> str | None:
        """Return the digest of a file; None where there is none."""
        file = f"/projects/{self.project}/repository/files/{quote(path, '')}"
        answer = self.api.call("GET", f"{file}?ref={quote(ref, '')}")
        return str(answer.content["content_sha256"]) if answer.is_good else None

    def _said(self, notes: str, mark: str) -> Iterator[Mapping[str, Any]]:
        """Return the notes with the mark; those of others cannot be replaced."""
        for page in range(1, _PAGES + 1):
            answer = self.api.call("GET", f"{notes}?per_page=100&page={page}")
            if not answer.is_good or not answer.content:
                return
            yield from (
                note for note in answer.content if not note.get("system") and note["body"].startswith(mark)
            )


def pipeline_of(environ: Mapping[str, str], token: str) -> Pipeline:
    """Return the pipeline that the environment of a job tells of."""
    merge_request = environ.get("CI_MERGE_REQUEST_IID", "")
    before = "CI_MERGE_REQUEST_DIFF_BASE_SHA" if merge_request else "CI_COMMIT_BEFORE_SHA"
    return Pipeline(
        Api(environ["CI_API_V4_URL"], {"PRIVATE-TOKEN": token}),
        environ["CI_PROJECT_ID"],
        merge_request,
        environ["CI_COMMIT_SHA"],
        environ.get(before, ""),
        environ.get("CI_COMMIT_BRANCH", "") == environ.get("CI_DEFAULT_BRANCH"),
        environ.get("CI_COMMIT_BRANCH") or environ.get("CI_DEFAULT_BRANCH", ""),
    )
