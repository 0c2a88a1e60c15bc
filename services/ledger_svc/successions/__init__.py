"""Who carries on for a bureau that is no more (职责承接), and the handing over of its people."""
