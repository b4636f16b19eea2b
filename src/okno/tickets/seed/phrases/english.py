"""English sentences for tickets in bulk."""

from __future__ import annotations

from okno.tickets.seed.phrases import Phrases

ENGLISH = Phrases(
    language="en",
    share=20,
    things=["printer", "till", "card terminal", "router", "laptop", "mail program", "backup", "camera", "scanner", "phone system", "shared drive", "website", "invoice", "licence", "monitor"],
    places=["at the front desk", "in the warehouse", "in accounting", "on the second floor", "in the new shop", "in the meeting room", "at home", "in the branch office"],
    subjects=["{thing} {place} does not work", "Question about {name}", "New {thing} {place}", "Error {name} on {thing}", "Access to {name} for a colleague", "{thing} is slow {place}", "Please check the {thing}", "Invoice for {name}", "{name}: update failed", "Lost password for {name}"],
    asking=["Since this morning the {thing} {place} does not react any more.", "We have switched it off and on again, without success.", "On the screen it says {name} and nothing else happens.", "It worked without any trouble until last Friday.", "Two colleagues have the same problem and cannot go on with their work.", "Could you have a look at it today, please?", "The error appears only when we open {name}.", "Is the {thing} still under warranty?", "We need this before the end of the month.", "Who of you was here last time {place}?", "The {thing} makes a noise and becomes very hot.", "Yesterday an update of {name} was installed.", "We would like to order one more {thing}.", "How do I change the password of {name}?", "I attach a picture of the message.", "It is not urgent, but please do not forget it."],
    answering=["Thank you for writing, we are looking at it.", "We have restarted the service and it answers again.", "Please try once more and tell us whether it works.", "The cause was the last update of {name}; we have taken it back.", "A technician will be with you tomorrow morning.", "The {thing} is in stock and can be delivered this week.", "We need the serial number, which is on the back.", "The licence of {name} had ended and is renewed now.", "We have changed the settings of the {thing} {place}.", "Please leave the computer switched on tonight.", "This is solved now; if it returns, answer this letter.", "The manufacturer has confirmed the fault of {name}."],
    greetings=["Hello,", "Good morning,", "Hi,", "Dear team,"],
    names=["Emma", "Oliver", "Grace", "Henry", "Alice", "Jack", "Ruth", "Peter", "Nora", "Simon"],
    surnames=["Harris", "Miller", "Cooper", "Reed", "Barnes", "Walsh", "Turner", "Hayes", "Ellis", "Grant"],
)  # fmt: skip
