"""Ideas, ratings, moderation, themes, the vote: what worries you most?"""
