"""The kinds of work there are, each from the area that keeps it. The order is that of a calm day."""

from samenhang.desk.work import (
    assessing,
    comparing,
    conferring,
    coordinating,
    ending,
    exchanging,
    keeping,
    matching,
    measuring,
    overseeing,
    promised,
    prosecuting,
    returning,
    signalling,
    travelling,
    weighing,
)
from samenhang.desk.work.waiting import Kind

KINDS: tuple[Kind, ...] = (
    *overseeing.KINDS,
    *conferring.KINDS,
    *assessing.KINDS,
    *returning.KINDS,
    *matching.KINDS,
    *travelling.KINDS,
    *ending.KINDS,
    *comparing.KINDS,
    *weighing.KINDS,
    *prosecuting.KINDS,
    *measuring.KINDS,
    *exchanging.KINDS,
    *coordinating.KINDS,
    *keeping.KINDS,
    *signalling.KINDS,
    *promised.KINDS,
)
