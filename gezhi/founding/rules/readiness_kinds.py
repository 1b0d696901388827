"""事项说明: what each item of the first-run page is called, why it matters, and where it is mended."""

from __future__ import annotations

import msgspec

from gezhi.kernel.permissions import Role

Words = tuple[str, str]
"""Chinese, English."""


class ReadinessKind(msgspec.Struct, frozen=True, kw_only=True):
    """`lacks` and `done` may name {count} and {total}. `page`: a route of the desk, with its `query`; `command`: what
    is run on the server where no page does it.
    """

    title: Words
    why: Words
    lacks: Words
    done: Words
    page: str = ""
    query: dict[str, str] = {}
    command: str = ""


SEAT_KINDS = {
    Role.COLLECTOR: "seat.collector",
    Role.ACCEPTOR: "seat.acceptor",
    Role.DUTY_OFFICER: "seat.duty-officer",
    Role.DISPATCHER: "seat.dispatcher",
}


def _seat(zh: str, en: str, why: Words) -> ReadinessKind:
    return ReadinessKind(
        title=(zh, en.capitalize()),
        why=why,
        lacks=(
            f"{{total}} 个区县中有 {{count}} 个没有能登录的{zh}",
            f"no {en} who can sign in for {{count}} of {{total}} counties",
        ),
        done=(f"每个区县都有能登录的{zh}", "every county has one who can sign in"),
        page="people",
    )


KINDS: dict[str, ReadinessKind] = {
    "grids": ReadinessKind(
        title=("单元网格", "Unit grids"),
        why=(
            "没有网格，任何地点都在辖区之外，不能上报。",
            "Without grids every place lies outside, and nothing can be reported.",
        ),
        lacks=("还没有单元网格", "there are no unit grids"),
        done=("已有 {total} 个单元网格", "{total} unit grids"),
        command="gezhi found",
    ),
    SEAT_KINDS[Role.COLLECTOR]: _seat(
        "信息采集员",
        "collector",
        (
            "现场核实、核查派不出去，案件停在受理和结案之前。",
            "Nobody verifies and inspects on the spot; cases stop before acceptance and closing.",
        ),
    ),
    SEAT_KINDS[Role.ACCEPTOR]: _seat(
        "受理员",
        "acceptor",
        ("上报的案件无人受理、结案。", "Nobody accepts what is reported, or closes it."),
    ),
    SEAT_KINDS[Role.DUTY_OFFICER]: _seat(
        "值班长",
        "duty officer",
        ("受理后的案件无人立案。", "Nobody registers what was accepted."),
    ),
    SEAT_KINDS[Role.DISPATCHER]: _seat(
        "派遣员",
        "dispatcher",
        ("立案后的案件无人派遣。", "Nobody dispatches what was registered."),
    ),
    "seat.handler": ReadinessKind(
        title=("处置人员", "Handlers"),
        why=("派出的案件无人签收处置。", "Nobody receives and mends what is dispatched."),
        lacks=("没有能登录的处置人员", "no handler can sign in"),
        done=("有 {total} 名处置人员能登录", "{total} handlers can sign in"),
        page="people",
    ),
    "communities": ReadinessKind(
        title=("没有网格的社区", "Communities without grid"),
        why=("这些社区里的地点按辖区之外处理，不能上报。", "Places in them count as outside and cannot be reported."),
        lacks=("{total} 个社区（村）中有 {count} 个没有网格", "{count} of {total} communities have no grid"),
        done=("{total} 个社区（村）都有网格", "all {total} communities have grids"),
        page="grids",
    ),
    "classes": ReadinessKind(
        title=("没有责任单位的类别", "Classes without a unit"),
        why=(
            "派遣时没有建议单位，只能由派遣员逐件指定。",
            "The dispatcher gets no suggestion and has to choose a unit case by case.",
        ),
        lacks=(
            "{total} 个小类中有 {count} 个在部分街道没有责任单位",
            "{count} of {total} classes have no unit in some street",
        ),
        done=("{total} 个小类都有责任单位", "all {total} classes have a unit everywhere"),
        page="duties",
        query={"tab": "holes"},
    ),
    "units": ReadinessKind(
        title=("没有账号的责任单位", "Units without an account"),
        why=("派到这些单位的案件无人签收。", "Nobody receives what is dispatched to them."),
        lacks=(
            "责任清单上的 {total} 个单位中有 {count} 个没有能登录的处置人员",
            "{count} of {total} units of the duty table have no handler who can sign in",
        ),
        done=(
            "责任清单上的 {total} 个单位都有能登录的处置人员",
            "all {total} units of the duty table have one who can sign in",
        ),
        page="duties",
        query={"tab": "units"},
    ),
    "centres": ReadinessKind(
        title=("中心的值班长", "A duty officer at each centre"),
        why=(
            "席位超时无人负责，时钟停摆时无人收到提醒。",
            "Nobody answers for the clocks of its desks, or hears that they have stopped.",
        ),
        lacks=(
            "{total} 个监督、指挥中心中有 {count} 个没有能登录的值班长",
            "{count} of {total} centres have no duty officer who can sign in",
        ),
        done=("{total} 个中心都有值班长", "all {total} centres have one"),
        page="people",
    ),
    "bodies": ReadinessKind(
        title=("没有人员的机构", "Bodies without people"),
        why=("督办、通知和申请找不到收件人。", "Orders, notices and applications find nobody there."),
        lacks=(
            "{total} 个机构中有 {count} 个连同下属没有一个人任职",
            "{count} of {total} bodies have nobody, neither in them nor below",
        ),
        done=("{total} 个机构都有人任职", "all {total} bodies have people"),
        page="people",
    ),
    "deciders": ReadinessKind(
        title=("审批人", "Approvers"),
        why=("轮到这些岗位审批的申请会一直等待。", "Applications wait for ever at a step that nobody holds."),
        lacks=(
            "审批规定中有 {count} 种岗位没有能登录的人",
            "{count} roles of the approval rules are held by nobody who can sign in",
        ),
        done=("审批规定中的岗位都有人", "every step of the approval rules has somebody"),
        page="approvals",
    ),
    "second-person": ReadinessKind(
        title=("规定的批准人", "Somebody who approves changes of rules"),
        why=(
            "修改审批规定、地方规定须由第二人批准，本人不能批准自己的修改。",
            "A change of approval rules or local policy needs a second person; nobody approves their own.",
        ),
        lacks=(
            "能批准修改的不足两人（领导或系统管理员）",
            "fewer than two people may approve (leader or administrator)",
        ),
        done=("至少两人可以批准", "at least two people may"),
        page="people",
    ),
    "calendars": ReadinessKind(
        title=("下一年度节假日", "Public holidays of next year"),
        why=("跨入新年的时限只能暂按星期推算。", "Limits that reach into the new year are provisional."),
        lacks=("{count} 个工作日历还没有{year}年的节假日安排", "{count} calendars do not know the holidays of {year}"),
        done=("{year}年的节假日安排已有", "the holidays of {year} are known"),
        page="holidays",
    ),
    "texts": ReadinessKind(
        title=("短信网关", "Gateway for texts"),
        why=("给举报人的短信只写入文件，不会发出。", "Texts to reporters are only written to a file."),
        lacks=("没有设置短信网关", "no gateway is set"),
        done=("已设置短信网关", "a gateway is set"),
        command="GEZHI_SMS_GATEWAY=http GEZHI_SMS_URL=https://… gezhi serve",
    ),
    "backup": ReadinessKind(
        title=("备份", "Backup"),
        why=("磁盘损坏时全部案件和图片都会丢失。", "With the disk every case and picture would be lost."),
        lacks=("从未备份", "there was never a backup"),
        done=("已有备份", "a backup was taken"),
        command="gezhi backup FOLDER --verify",
    ),
    "signer": ReadinessKind(
        title=("存证签署", "Signing of the record"),
        why=("没有签署，记录是否被改动无法证明。", "What is not signed cannot be proved unchanged."),
        lacks=("存证没有按时签署，或第二处没有回执", "it is not signed in time, or a second place is silent"),
        done=("存证按时签署", "it is signed in time"),
        page="proof",
    ),
    "anchors": ReadinessKind(
        title=("存证第二处", "A second place of the proof"),
        why=(
            "整个数据库被换掉时，只有别处留存的检查点能发现。",
            "Only a checkpoint kept elsewhere finds that the whole database was exchanged.",
        ),
        lacks=("没有设置第二处", "no second place is set"),
        done=("已设置第二处", "a second place is set"),
        command="GEZHI_ANCHOR_TO=… gezhi serve",
    ),
    "demo": ReadinessKind(
        title=("演示模式", "Demonstration mode"),
        why=(
            "演示城市的账号口令是公开的，不能用于正式运行。",
            "The passwords of a demonstration city are public: never use it for a real one.",
        ),
        lacks=("正在以演示模式运行", "this is a demonstration"),
        done=("", ""),
        command="gezhi found FOLDER",
    ),
}
