"""机构人员维护: what an administrator does to bodies, posts and people; planned first, seen, and then stored."""
