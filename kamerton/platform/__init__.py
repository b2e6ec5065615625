"""What any business application stands on; knows no client, deal or pay."""
