"""Where staff work: what coopcal says and does on GitHub and GitLab."""
