"""The day of the bureau from morning to night, in the order in which it happens."""

from deploy.day import (
    case,
    evening,
    figures,
    ledger,
    morning,
    people,
    plan,
    plant,
    province,
    sealed,
)
from deploy.day.bureau import Bureau
from deploy.day.plan import CHECKLIST


async def play(bureau: Bureau) -> None:
    """Play the whole day. DayFailed says why it could not go on; playing again takes it up."""
    tell = bureau.tell
    tell.chapter("07:30", "人员与帐号", "执法人员、执法证、帐号、培训和应录名单")
    await people.enter(bureau)
    tell.chapter("08:00", "企业台账", "一张 500 行的表，有五十行填错了")
    await ledger.bring_in(bureau)
    await bureau.settle()
    tell.chapter("09:00", "计划与方案", "年度计划批准，现场检查方案拟制、审核、批准")
    scheme = await plan.make(bureau, f"{CHECKLIST}@2026.2")
    await bureau.settle()
    tell.chapter("09:40", "出发之前", "平板在有信号处登录、更新，领取文号段")
    await morning.get_ready(bureau, scheme)
    tell.chapter(
        "10:30", "企业现场，没有信号", "逐项检查、拍照、制作文书、在屏上签名；中途平板断电一次"
    )
    await plant.inspect(bureau, scheme)
    tell.chapter("17:30", "回到有信号处", "送出信件和照片；应答丢失一次，照片中断一次")
    await evening.deliver_all(bureau, scheme)
    tell.chapter("18:10", "整改复查", "企业已整改，复查后销号")
    await evening.reinspect(bureau, scheme)
    tell.chapter("18:40", "行政处罚案件", "由检查一步立案，批准后编号；每一步都问法律")
    await case.file(bureau, scheme)
    tell.chapter("18:50", "从前的案件", "春天的一件案件补录进来，逐项按办理之日，直到封卷归档")
    await sealed.keep(bureau)
    await sealed.ask(bureau)
    tell.chapter("19:00", "考核指标", "数字从记录里算出来，点开就是记录")
    await figures.read(bureau)
    tell.chapter("23:00", "省级拉取", "按游标拉取，第二次只有变化的部分")
    await province.pull_twice(bureau)
