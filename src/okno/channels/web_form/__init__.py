"""Forms on websites and help buttons inside software: what anybody may send, and how it is bounded."""
