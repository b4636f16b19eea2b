"""Operations of the API on tickets, by the same nouns as the operations of the domain."""
