"""Operations of the API on companies and contacts."""
