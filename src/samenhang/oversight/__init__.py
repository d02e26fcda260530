"""Oversight of what is done with personal data: for now the register of breaches.

Words: a *personal data breach* (datalek) is that personal data were lost, changed, or seen or given where
they should not be; a *note* is what somebody with an account first says of it; the *office* is where the
data protection officer works whose record it is; a *step* is what was said or done about it since.

Always true:

* everybody with an account can note a breach, and sees of it their own words and how far it is;
* it is the record of one office: of travel data noted elsewhere, the unit's officer has a record as well;
* the authority is told, or the reason why a risk is unlikely stands there; after 72 hours only with the
  reason for the delay (GDPR art. 33; Directive (EU) 2016/680 art. 30; (EU) 2016/681 art. 13(7), (8));
* where the risk is high the persons are told, or one of the law's reasons stands there (34; 31);
* a record is never changed by who noted it and never removed before its term: what was no breach, or was
  noted twice, is ended with the reason and kept. Whatever was said is sealed under the record's own key.
"""
