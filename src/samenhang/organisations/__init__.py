"""Agencies, teams, people, roles, dated mandates and covenants; sign-in.

Words: an *organisation* is one body with an authority code of ``grounds`` (a
municipality's mayor is ``BURG`` with a region); a *mandate* lets a person act
in a role for it, from one day until another; a *task* is the purpose and the
case that a person chose to work for.

Always true: nobody acts without a mandate in force that day; a service account
cannot sign in; the technical administrator's role opens no content.
"""
