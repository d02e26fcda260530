"""Agencies, teams, people, roles, dated mandates and covenants; sign-in.

Words: an *organisation* is one body with an authority code of ``grounds`` (a
municipality's mayor is ``BURG`` with a region); a *mandate* lets a person act
in a role for it, from one day until another; a *task* is the purpose and the
case that a person chose to work for; a *factor* is what somebody has beside the
password; a *session* is one time that somebody signed in, on one device.

Always true: nobody acts without a mandate in force that day; a service account
cannot sign in; a cookie whose session ended opens nothing; outside a demonstration
nothing opens before two factors were proved; the technical administrator's role opens no content.
"""
