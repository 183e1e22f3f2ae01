"""Who listens to what. Upward effects go by event; this is the one place to read them."""

from __future__ import annotations

from kompetanse.foundation.outbox import subscribe


def wire() -> None:
    """Subscribe every handler. Safe to call again."""
    from kompetanse.domains.assessments import events as assessments
    from kompetanse.domains.assessments import handlers as on_assessments
    from kompetanse.domains.competence import events as competence
    from kompetanse.domains.competence import handlers as on_competence
    from kompetanse.domains.courses import events as courses
    from kompetanse.domains.courses import handlers as on_courses
    from kompetanse.domains.governance import events as governance
    from kompetanse.domains.governance import handlers as on_governance
    from kompetanse.domains.messages import events as messages
    from kompetanse.domains.messages import handlers as on_messages
    from kompetanse.domains.needs import events as needs
    from kompetanse.domains.needs import handlers as on_needs
    from kompetanse.domains.orders import events as orders
    from kompetanse.domains.orders import handlers as on_orders
    from kompetanse.domains.plans import events as plans
    from kompetanse.domains.plans import handlers as on_plans
    from kompetanse.domains.priorities import handlers as on_priorities
    from kompetanse.domains.results import handlers as on_results
    from kompetanse.domains.yearwheel import handlers as on_yearwheel

    subscribe(messages.AddressFailed, on_messages.tell_of_failing)

    subscribe(needs.NeedReported, on_needs.pool_again)
    subscribe(needs.NeedsSynchronised, on_needs.pool_again)
    subscribe(needs.RoundApproved, on_needs.pool_again)
    subscribe(needs.PoolsMerged, on_plans.follow_pool)
    subscribe(needs.PoolsMerged, on_priorities.follow_pool)

    subscribe(assessments.CampaignOpened, on_assessments.ask_people)
    subscribe(assessments.LettersAsked, on_assessments.write_letters)

    for told in (
        competence.DispensationGiven,
        competence.DispensationWithdrawn,
        competence.EvidenceClaimed,
        competence.EvidenceVerified,
        competence.EvidenceDeclined,
    ):
        subscribe(told, on_competence.write_letters)

    subscribe(competence.EvidenceCorrected, on_competence.reissue_certificate)
    subscribe(courses.AttendanceRecorded, on_courses.reissue_certificate)

    subscribe(courses.SeatAsked, on_courses.tell_approver)
    subscribe(courses.ApprovalPassedUp, on_courses.tell_approver)
    subscribe(courses.InterestSignedUp, on_courses.tell_interested)
    subscribe(courses.SignupSettled, on_courses.tell_person)
    for gone_event in (courses.SignupSettled, courses.SeatWithdrawn):
        subscribe(gone_event, on_courses.forget_needs)
    subscribe(courses.DecisionNears, on_courses.warn_office)
    subscribe(courses.SeatWithdrawn, on_courses.tell_withdrawn)
    subscribe(courses.RunChanged, on_courses.tell_change)
    subscribe(orders.OrderAccepted, on_courses.keep_ordered_seats)
    subscribe(orders.OrderCancelled, on_courses.keep_ordered_seats)
    subscribe(orders.SeatsHandedBack, on_courses.keep_ordered_seats)
    subscribe(orders.ForumAsked, on_orders.make_case)

    for order_event in (
        orders.OrderPlaced,
        orders.OrderChanged,
        orders.OrderAccepted,
        orders.OrderCancelled,
        orders.SeatsHandedBack,
    ):
        subscribe(order_event, on_results.follow_order)
    for run_event in (courses.RunHeld, courses.AttendanceRecorded):
        subscribe(run_event, on_results.follow_run)

    subscribe(governance.CaseForwarded, on_governance.carry_case)
    for asked in (
        governance.PollOpened,
        governance.PollReminded,
        governance.PollDateChosen,
        governance.PollDropped,
        governance.TaskGiven,
        governance.TaskReminded,
    ):
        subscribe(asked, on_governance.write_letters)

    subscribe(governance.MinutesWritten, on_yearwheel.follow_meeting)
    for plan_event in (plans.PlanSentToHearing, plans.PlanAdopted):
        subscribe(plan_event, on_yearwheel.follow_plan)
    for campaign_event in (assessments.CampaignOpened, assessments.CampaignClosed):
        subscribe(campaign_event, on_yearwheel.follow_campaign)
