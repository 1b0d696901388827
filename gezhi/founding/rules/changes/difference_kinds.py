"""再次导入的检查规则: what may be wrong with a change of the registers, and what is told about one."""

from __future__ import annotations

from gezhi.founding.rules.finding_kinds import FindingKind, error, warning

DIFFERENCES: dict[str, FindingKind] = {
    "change.asked": error(
        "{column} 两边都改过：上次为“{last}”，系统内现为“{here}”，文件为“{value}”",
        "{column} was changed on both sides: last “{last}”, in the system now “{here}”, in the file “{value}”",
        "以文件为准用 --take file，保留系统内的用 --take system", "say which counts: --take file or --take system",
    ),
    "change.kept": warning(
        "{column} 在系统内已改为“{here}”，文件仍为“{value}”，保留系统内的",
        "{column} was changed in the system to “{here}”; the file still has “{value}”, and the system’s stays",
        "把文件改成与系统一致", "bring the file up to date",
    ),
    "change.refused": error(
        "{column} 不能由文件从“{here}”改为“{value}”", "{column} is not changed from “{here}” to “{value}” by a file",
        "在系统内办理，或恢复文件中的原值", "change it in the system, or restore the value in the file",
    ),
    "name.changed": warning(
        "“{key}”原名“{here}”，现名“{value}”，标识相同，按更名办理",
        "“{key}”, until now “{here}”, is called “{value}”; the key is the same, so it is renamed",
        "如是另一机构或另一人，请用新的标识", "if it is another body or person, use a new key",
    ),
    "key.ended": error(
        "标识“{value}”的原行已于 {last} 终止，标识不再使用", "“{value}” ended on {last}; its key is not used again",
        "换一个新的标识；如系误终止，请在系统内恢复", "use a new key; what was ended by mistake is restored in the system",
    ),
    "owner.ends": error(
        "“{value}”于 {last} 终止，{target} 中属于它的“{held}”届时仍然有效",
        "“{value}” ends on {last}, while “{held}” in {target}, which belongs to it, goes on",
        "先写明“{held}”的 to，或改属别处", "end “{held}” as well, or let it belong to another",
    ),
    "administrator.last": error(
        "{value} 之后没有能登录的系统管理员", "after {value} no administrator could sign in",
        "保留一名设有密码的系统管理员", "keep an administrator who has a password",
    ),
    "complete.unknown": error(
        "complete 不能有“{value}”", "“{value}” cannot stand in complete", "可用：{known}", "one of: {known}"
    ),
    "file.not-applied": warning(
        "{file} 与上次不同，本命令不改动其内容", "{file} differs from last time; this command does not change what it holds",
        "在系统内办理", "change it in the system",
    ),
}  # fmt: skip
