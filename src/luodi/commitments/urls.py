from django.contrib.auth.decorators import login_not_required
from django.urls import path

from luodi.commitments import exports
from luodi.commitments.pages import ledger, line, overview, public, reports
from luodi.commitments.writes import ledger as edits
from luodi.commitments.writes import life

app_name = "commitments"

urlpatterns = [
    path("documents/", ledger.documents, name="documents"),
    path("documents/deliver", edits.deliver_document, name="deliver"),
    path("documents/<int:pk>/", ledger.document, name="document"),
    path("documents/<int:pk>/progress", ledger.progress, name="progress"),
    path("documents/<int:pk>/history", ledger.history, name="history"),
    path("documents/<int:pk>/export", exports.export, name="export"),
    path("documents/<int:pk>/import", exports.preview_import, name="import"),
    path("documents/<int:pk>/import/apply", exports.apply_import, name="apply_import"),
    path("documents/<int:pk>/accept", edits.accept, name="accept"),
    path("documents/<int:pk>/add", edits.add, name="add"),
    path("documents/<int:pk>/undo", edits.undo, name="undo"),
    # the year of a document
    path("documents/<int:pk>/overview", overview.overview, name="overview"),
    path("documents/<int:pk>/confirm", life.confirm_ready, name="confirm_ready"),
    path("documents/<int:pk>/issue", life.issue, name="issue"),
    path("documents/<int:pk>/rhythm", life.rhythm, name="rhythm"),
    path("documents/<int:pk>/sign", life.sign_all, name="sign_all"),
    path("documents/<int:pk>/issues/<int:number>/", overview.issue, name="version"),
    # a line: its wording
    path("lines/<int:pk>/", line.line, name="line"),
    path("lines/<int:pk>/save", edits.save, name="save"),
    path("lines/<int:pk>/assign", edits.assign, name="assign"),
    path("lines/<int:pk>/fill", edits.fill, name="fill"),
    path("lines/<int:pk>/confirm", edits.confirm, name="confirm"),
    path("lines/<int:pk>/split", edits.split, name="split"),
    path("lines/<int:pk>/merge", edits.merge, name="merge"),
    path("lines/<int:pk>/respan", edits.respan, name="respan"),
    path("lines/<int:pk>/drop", edits.drop, name="drop"),
    # a line: its life
    path("lines/<int:pk>/sign", life.sign, name="sign"),
    path("lines/<int:pk>/decline", life.decline, name="decline"),
    path("lines/<int:pk>/insist", life.insist, name="insist"),
    path("lines/<int:pk>/report", line.report, name="report"),
    path("lines/<int:pk>/report/save", life.save_report, name="save_report"),
    path("lines/<int:pk>/report/send", life.send_report, name="send_report"),
    path("lines/<int:pk>/report/return", life.return_report, name="return_report"),
    path("lines/<int:pk>/attach", life.attach, name="attach"),
    path("lines/<int:pk>/detach", life.detach, name="detach"),
    path("lines/<int:pk>/suspicions", line.suspicions, name="suspicions"),
    path("lines/<int:pk>/publish", life.publish, name="publish"),
    path("lines/<int:pk>/nodes", life.set_nodes, name="set_nodes"),
    path("lines/<int:pk>/nodes/judge", life.judge_nodes, name="judge_nodes"),
    path("lines/<int:pk>/apply", life.apply_for, name="apply"),
    path("lines/<int:pk>/withdraw", life.withdraw, name="withdraw"),
    path("lines/<int:pk>/decide", life.decide, name="decide"),
    path("lines/<int:pk>/check", life.check, name="check"),
    path("lines/<int:pk>/verify", life.verify, name="verify"),
    path("lines/<int:pk>/close", life.close, name="close"),
    path("lines/<int:pk>/reopen", life.reopen, name="reopen"),
    path("lines/<int:pk>/suspend", life.suspend, name="suspend"),
    path("lines/<int:pk>/resume", life.resume, name="resume"),
    path("lines/<int:pk>/sources", life.add_source, name="add_source"),
    path("lines/<int:pk>/join", life.join, name="join"),
    path("lines/<int:pk>/earlier", life.link_earlier, name="link_earlier"),
    path("evidence/<int:pk>", line.show_evidence, name="evidence"),
    path("tasks/", ledger.tasks, name="tasks"),
    # reports due from me
    path("inbox/reports", reports.reports, name="reports"),
    path("inbox/reports/send", life.send_reports, name="send_reports"),
    path("ratings/", reports.ratings, name="ratings"),
    path("ratings/<int:pk>/judge", life.judge_rating, name="judge_rating"),
    # without signing in
    path("public/", public.plans, name="public_plans"),
    path("public/<int:pk>/", public.plan, name="public_plan"),
    path("public/<int:pk>/feed", login_not_required(public.Changes()), name="public_feed"),
    path("public/<int:pk>/data.<str:format>", public.data, name="public_data"),
    path("public/lines/<int:pk>/", public.line, name="public_line"),
    path("public/lines/<int:pk>/qr", public.qr, name="public_qr"),
    path("public/lines/<int:pk>/rate", public.rate, name="public_rate"),
    path("public/evidence/<int:pk>", public.show_evidence, name="public_evidence"),
]
